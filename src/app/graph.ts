import type { Config } from '../config.ts';
import type { Calendar, Installer } from '../core/ports.ts';
import { builtInCalendar } from '../edges/calendar/index.ts';
import { buildGraph, buildGraphCalendar, buildInstaller, graphCredential } from '../edges/graph/index.ts';

/** The broker's calendar in Graph, when the deployer named its mailbox; else the assistant's own. */
export function calendarFor({ bot, graphUrl: url, calendarMailbox }: Config): Calendar {
  if (!bot || !calendarMailbox) return builtInCalendar;
  return buildGraphCalendar(buildGraph({ credential: graphCredential(bot), url }), calendarMailbox);
}

/** Installing the assistant through Graph, when the deployer said under which id the organization’s app store has it. */
export function installerFor({ bot, graphUrl: url, teamsAppId }: Config): Installer | undefined {
  if (!bot?.tenantId || !teamsAppId) return undefined;
  return buildInstaller(buildGraph({ credential: graphCredential(bot), url }), url, bot.tenantId, teamsAppId);
}
