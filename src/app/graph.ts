import type { Config } from '../config.ts';
import type { Calendar, Identity, Installer } from '../core/ports.ts';
import { builtInCalendar } from '../edges/calendar/index.ts';
import { buildGraph, buildGraphCalendar, buildInstaller } from '../edges/graph/index.ts';

/** The broker's calendar in Graph, when the deployer named its mailbox; else the assistant's own. */
export function calendarFor(
  { graphUrl: url, calendarMailbox }: Config,
  identity: Identity | undefined,
): Calendar {
  if (!identity || !calendarMailbox) return builtInCalendar;
  return buildGraphCalendar(buildGraph({ identity, url }), calendarMailbox);
}

/** Installing the assistant through Graph, when the deployer said under which id an organization’s catalogue has it. */
export function installerFor(
  { graphUrl: url, catalogues }: Pick<Config, 'graphUrl' | 'catalogues'>,
  identity: Identity | undefined,
): Installer | undefined {
  if (!identity || catalogues.size === 0) return undefined;
  return buildInstaller({ identity, url, catalogues });
}
