import type { Config } from '../config.ts';
import type { Calendar } from '../core/ports/calendar.ts';
import type { Directory, Identity, Installer } from '../core/ports/directory.ts';
import type { Mailbox } from '../core/ports/mailbox.ts';
import { builtInCalendar } from '../edges/calendar/index.ts';
import {
  buildDirectory,
  buildGraph,
  buildGraphCalendar,
  buildGraphMailbox,
  buildInstaller,
} from '../edges/graph/index.ts';

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

/** Reading the directories of the tenants that the deployer named: their people by address, their groups. */
export function directoryFor(
  { graphUrl: url, directories: tenants }: Pick<Config, 'graphUrl' | 'directories'>,
  identity: Identity | undefined,
): Directory | undefined {
  return identity && tenants.length > 0 ? buildDirectory({ identity, url, tenants }) : undefined;
}

/** The mailbox from which the broker writes to suppliers, when the deployer named it. */
export function mailboxFor(
  { graphUrl: url, mailbox }: Pick<Config, 'graphUrl' | 'mailbox'>,
  identity: Identity | undefined,
): Mailbox | undefined {
  return identity && mailbox ? buildGraphMailbox(buildGraph({ identity, url }), mailbox) : undefined;
}
