import { amountField } from '../../../../core/amount.ts';
import type { Card } from '../../../../core/card.ts';
import { action, creating } from '../../../../core/feature.ts';
import { longestMonths } from '../../../../core/guide/index.ts';
import { draws, redraws } from '../../../../core/redraw.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import type { MessageTurn, Person } from '../../../../core/turn.ts';
import type { AcquisitionFile } from '../../../acquisitions/index.ts';
import { CATEGORIES, CATEGORY_NAMES } from '../../../catalogue/index.ts';
import type { Kickoff } from '../../tables.ts';
import { halfDayName } from '../../texts.ts';
import { HALF_DAYS } from '../rules/slots.ts';
import type { Ground } from '../store/grounds.ts';
import { noticed } from './parts.ts';
import * as schema from './schema.ts';
import type { KickoffServices } from './services.ts';
import { clientCard } from './status.ts';

/** A person's open files, to choose the one that the meeting is for; where the meeting of each is, when it is known. */
export const chooseCard = (
  files: readonly AcquisitionFile[],
  standing: ReadonlyMap<string, string> = new Map(),
): Card => ({
  template: 'kickoff/choose',
  summary: 'Pour quel dossier est la rencontre ?',
  view: {
    none: files.length === 0,
    files: files.slice(0, 20).map(({ id, number, name }) => ({
      file: id,
      name: escapeMarkdown(name),
      number: [`Dossier nº ${number}`, standing.get(id)].filter(Boolean).join(' · '),
    })),
  },
});

/** Why the meeting cannot be asked for yet. */
const missingCard = ({ file, missing, standing }: Ground): Card => ({
  template: 'kickoff/missing',
  summary: 'La rencontre ne peut pas encore être demandée.',
  view: {
    file: file.id,
    name: escapeMarkdown(file.name),
    missing: [...missing, ...standing.changes].map((text) => ({ text: `• ${escapeMarkdown(text)}` })),
    chosen: standing.choice !== undefined,
  },
});

/** What the broker asks for, filled in as far as the file knows it. */
function requestCard(ground: Ground, kickoff: Kickoff | undefined, prefill: Partial<schema.Details>): Card {
  const held: Partial<schema.Details> = kickoff?.details ?? prefill;
  return {
    template: 'kickoff/request',
    summary: 'Demander la rencontre de démarrage.',
    view: {
      file: ground.file.id,
      name: escapeMarkdown(ground.file.name),
      supplier: escapeMarkdown(ground.supplierName),
      ...noticed(kickoff?.state === 'asked' ? `Le Courtier demande : « ${kickoff.question} »` : ''),
      project: held.project ?? '',
      existing: held.existing ?? '',
      months: held.months ?? 12,
      mostMonths: longestMonths(),
      components: held.components ?? '',
      quantities: held.quantities ?? '',
      amount: held.amount === undefined ? '' : amountField(held.amount),
      contactName: held.contactName ?? '',
      contactEmail: held.contactEmail ?? '',
      never: (held.never ?? []).join(','),
      halfDays: HALF_DAYS.map((value) => ({ title: halfDayName(value), value })),
    },
  };
}

/** What the file knows already of what the broker asks for. */
function prefillOf(ground: Ground) {
  const known = ground.needs.flatMap((need) => {
    const category = CATEGORIES.find((id) => id === need.category);
    return category ? [{ ...need, name: CATEGORY_NAMES[category] }] : [];
  });
  const quantity = ({ fromMonth, units }: { fromMonth: number; units: number }) =>
    fromMonth === 1 ? `${units} unités au départ` : `${units} au mois ${fromMonth}`;
  return {
    project: ground.file.name,
    ...(ground.months && { months: ground.months }),
    components: known.map(({ name }) => name).join(', '),
    quantities: known
      .map(({ name, quantities }) => `${name} : ${quantities.map(quantity).join(', ')}`)
      .join('\n'),
    amount: Number(ground.priceCents),
  };
}

/** The card for a file: what is missing, the request, or where the meeting is. */
async function ofFile(id: string, person: Person, services: KickoffServices): Promise<Card> {
  const { kickoffs } = services;
  const ground = await kickoffs.ground(id, person);
  const held = await kickoffs.ofFile(id);
  if (held && held.state !== 'asked') return clientCard(held, services);
  if (ground.missing.length > 0) return missingCard(ground);
  return requestCard(ground, held, prefillOf(ground));
}

export async function openForClient(turn: MessageTurn, services: KickoffServices): Promise<void> {
  const open = await services.files.filesOf(turn.person, 'open');
  const [only] = open;
  await turn.reply(
    only && open.length === 1 ? await ofFile(only.id, turn.person, services) : chooseCard(open),
  );
}

export const open = action(
  'kickoff.open',
  schema.OfFile,
  draws(({ person }, { file }, services: KickoffServices) => ofFile(file, person, services)),
);

export const edit = action(
  'kickoff.edit',
  schema.Reference,
  draws(async ({ person }, { kickoff }, { kickoffs }: KickoffServices) => {
    const row = await kickoffs.forClient(kickoff, person);
    return requestCard(await kickoffs.ground(row.acquisitionId, person), row, {});
  }),
);

export const request = creating(
  'kickoff.request',
  {
    noun: ['demande de rencontre', 'demandes de rencontre'],
    person: 60,
    body: 300,
    tenant: 6_000,
    why: 'One or two a file; the broker holds some meetings in a day.',
    told: { apart: 5, command: 'rencontres' },
  },
  schema.Request,
  redraws(
    ({ person, effect }, { file, ...details }, { kickoffs }: KickoffServices) =>
      kickoffs.request(person, file, details, effect),
    (_turn, _input, services, word, kickoff) => clientCard(kickoff, services, word),
    'Votre demande est envoyée au Courtier. Il vous proposera des moments.',
  ),
);
