import { z } from 'zod';
import type { Card } from '../../../core/card.ts';
import type { Recipient } from '../../../core/ports/delivery.ts';
import { notice } from '../../../core/routes/notices.ts';
import { GONE } from '../../../core/rows/retention.ts';
import { escapeMarkdown } from '../../../core/text/text.ts';
import type { Organizations } from '../organizations/store/organizations.ts';
import type { People } from '../roster/store/people.ts';
import type { StaffChannel } from '../roster/store/staff-channel.ts';
import type { Quotas } from './store/quotas.ts';
import { figureText, limitText, SCOPES, type Scope } from './texts.ts';

interface QuotaServices {
  readonly organizations: Organizations;
  readonly people: People;
  readonly quotas: Quotas;
  readonly staffChannel: StaffChannel;
}

const rules = { policy: 'surely', hours: 'any', pausable: false, priority: 1 } as const;
const Day = z.iso.date();

/** Whether it is for the channel that is the staff's now, or one of them: names are shown in no former one. */
const isForStaff = (recipient: Recipient, { staffChannel }: QuotaServices): Promise<boolean> =>
  staffChannel.isForStaff(recipient);

/** Who did much: a person is named by ids that are taken out when they erase themselves. */
const Them = { tenantId: z.string().default(''), objectId: z.string().default('') };

async function nameOf(
  scope: Scope,
  { who, tenantId, objectId }: { who: string; tenantId: string; objectId: string },
  { people, organizations }: QuotaServices,
): Promise<string> {
  switch (scope) {
    case 'person':
      return (
        (await people.findPerson({ tenantId, objectId }))?.name ??
        (objectId ? `Une personne (${objectId})` : GONE)
      );
    case 'body':
      return (await organizations.namesOf([who])).get(who) ?? 'Une organisation';
    case 'tenant':
      return `L’environnement Teams ${who}`;
  }
}

interface Told {
  readonly heading: string;
  readonly text: string;
  readonly lines?: readonly string[];
  readonly command?: string;
}

const quotaCard = ({ heading, text, lines = [], command = '' }: Told): Card => ({
  template: 'people/quota',
  summary: heading,
  view: {
    heading: escapeMarkdown(heading),
    text,
    lines: lines.map((line) => ({ text: escapeMarkdown(line) })),
    listed: command !== '',
    command,
  },
});

/** Somebody, a body or a tenant reached what a day takes: one card, with all that they reached that day. */
export const reached = notice(
  { kind: 'people.quota', ...rules },
  z.strictObject({ day: Day, scope: z.enum(SCOPES), who: z.string(), ...Them }),
  async ({ day, scope, who, ...them }, recipient, services: QuotaServices) => {
    if (!(await isForStaff(recipient, services))) return undefined;
    const { quotas } = services;
    const lines = [...(await quotas.countsOf(day, scope, who))].flatMap(([act, n]) => {
      const quota = quotas.quotaOf(act);
      const most = quota && quotas.mostOf(quota[scope]);
      return quota && most !== undefined && n >= most ? [limitText(scope, quota, most)] : [];
    });
    if (lines.length === 0) return undefined;
    return quotaCard({
      heading: `Limite du jour atteinte : ${await nameOf(scope, { who, ...them }, services)}`,
      text: 'Ce qui suit est refusé jusqu’à demain, avec une phrase qui le dit. Si ce travail est normal, la personne qui exploite Courtier peut relever les limites.',
      lines,
    });
  },
);

/** One person does much in a day: what comes after the first few is counted here, and read in a list. */
export const flood = notice(
  { kind: 'people.flood', ...rules },
  z.strictObject({ day: Day, act: z.string(), who: z.string(), ...Them }),
  async ({ day, act, who, ...them }, recipient, services: QuotaServices) => {
    const quota = services.quotas.quotaOf(act);
    if (!quota?.told || !(await isForStaff(recipient, services))) return undefined;
    const n = (await services.quotas.countsOf(day, 'person', who)).get(act) ?? 0;
    return quotaCard({
      heading: `${await nameOf('person', { who, ...them }, services)} : ${figureText(quota, n)} en une journée`,
      text: `Ce canal en montre ${quota.told.apart}, un à un. Tout est dans la liste, que donne aussi la commande « ${quota.told.command} ».`,
      command: quota.told.command,
    });
  },
);
