import type { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { amountField } from '../../../../core/cards/amount.ts';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import type { MessageTurn, Person } from '../../../../core/turn.ts';
import { fileMeant, namesOfNeeds, opens, quantitiesOfNeeds } from '../../../acquisitions/index.ts';
import type { Fiche } from '../../../catalogue/index.ts';
import type { Kickoff } from '../../tables.ts';
import { halfDayName } from '../../texts.ts';
import { HALF_DAYS } from '../rules/slots.ts';
import type { Ground } from '../store/grounds.ts';
import * as schema from './schema.ts';
import type { KickoffServices } from './services.ts';
import { clientCard, copyOf } from './status.ts';

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

/**
 * What the broker asks for, filled in with what is known of it. `kept`: what is asked today, where the form holds
 * something else; `notice`: where what it holds comes from.
 */
function requestCard(
  ground: Ground,
  kickoff: Kickoff | undefined,
  held: Partial<schema.Details>,
  { kept, notice = '' }: { readonly kept?: schema.Details | undefined; readonly notice?: string } = {},
): Card {
  return {
    template: 'kickoff/request',
    summary: 'Demander la rencontre de démarrage.',
    view: {
      file: ground.file.id,
      revision: kickoff?.revision ?? 0,
      name: escapeMarkdown(ground.file.name),
      supplier: escapeMarkdown(ground.supplierName),
      keeps: kept !== undefined,
      kept: kept ? copyOf(kept) : [],
      ...noticeView(kickoff?.state === 'asked' ? `Le Courtier demande : « ${kickoff.question} »` : notice),
      project: held.project ?? '',
      existing: held.existing ?? '',
      months: held.months ? `${held.months} mois` : '',
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

type Contact = Fiche['supplier']['contacts'][number];

/** Who sells, among the people whom the fiche of the supplier names; else the first. */
async function contactOf(
  { supplierId }: Ground,
  { catalogue }: KickoffServices,
): Promise<Contact | undefined> {
  const contacts = (await catalogue.current()).supplier(supplierId)?.supplier.contacts;
  return contacts?.find(({ role }) => role === 'commercial') ?? contacts?.[0];
}

/** What the file knows already of what the broker asks for. */
function prefillOf({ file, months, standing, needs, priceCents }: Ground, contact: Contact | undefined) {
  const components = standing.offers.length > 0 ? standing.offers : namesOfNeeds(needs);
  return {
    project: file.name,
    ...(months && { months }),
    components: components.join('\n'),
    ...(contact && { contactName: contact.name, contactEmail: contact.email }),
    quantities: quantitiesOfNeeds(needs).join('\n'),
    amount: Number(priceCents),
  };
}

/**
 * What was written of a request that was cancelled, and may be said again: the project, and one's own hours; of the same
 * supplier, whom to write to; and all of it, while the choice is the one that it was written for.
 */
function writtenOf(
  { supplierId, details, createdAt, requesterTenant: tenantId, requesterId: objectId }: Kickoff,
  { supplierId: chosen, chosenAt }: Ground,
  person: Person,
): Partial<schema.Details> {
  const { never, ...written } = details;
  const { project, existing, contactName, contactEmail } = details;
  const own = isSame({ tenantId, objectId }, person) ? { never } : {};
  if (supplierId !== chosen) return { project, existing, ...own };
  const same = chosenAt !== undefined && chosenAt <= createdAt;
  return same ? { ...written, ...own } : { project, existing, contactName, contactEmail, ...own };
}

/** The card for a file: what is missing, the request, or where the meeting is. */
async function ofFile(id: string, person: Person, services: KickoffServices): Promise<Card> {
  const { kickoffs } = services;
  const ground = await kickoffs.ground(id, person);
  const held = await kickoffs.ofFile(id);
  if (held && held.state !== 'asked') return clientCard(held, person, services);
  if (ground.missing.length > 0) return missingCard(ground);
  if (held) return requestCard(ground, held, held.details);
  const known = prefillOf(ground, await contactOf(ground, services));
  const before = await kickoffs.cancelledOf(id);
  if (!before) return requestCard(ground, undefined, known);
  const notice = `D’après la demande nº ${before.number}, annulée : relisez-la avant de l’envoyer.`;
  return requestCard(ground, undefined, { ...known, ...writtenOf(before, ground, person) }, { notice });
}

/** `rencontre`: that of the file that the person means; otherwise, which file. */
export async function openForClient(turn: MessageTurn, services: KickoffServices): Promise<void> {
  const file = await fileMeant(turn, services, 'kickoff.open');
  if (!file) return;
  await turn.reply(await ofFile(file, turn.person, services));
  await services.files.opened(turn.person, file);
}

/**
 * The request of a file, to be filled with what was typed: what the file knows would come back into a field that was
 * emptied. What it became since it was seen is shown beside.
 */
async function requestForm(
  { file, revision }: z.output<typeof schema.RequestSeen>,
  person: Person,
  { kickoffs }: KickoffServices,
): Promise<Card> {
  const ground = await kickoffs.ground(file, person);
  const held = await kickoffs.ofFile(file);
  const changed = revision !== undefined && revision !== held?.revision;
  return requestCard(ground, held, {}, { kept: changed ? held?.details : undefined });
}

export const open = action(
  'kickoff.open',
  schema.OfFile,
  opens(({ person }, { file }, services: KickoffServices) => ofFile(file, person, services)),
);

export const edit = action(
  'kickoff.edit',
  schema.Reference,
  draws(async ({ person }, { kickoff }, { kickoffs }: KickoffServices) => {
    const row = await kickoffs.forClient(kickoff, person);
    return requestCard(await kickoffs.ground(row.acquisitionId, person), row, row.details);
  }),
);

const CHANGED =
  'La demande a changé entre-temps : rien n’est envoyé. Voyez ce qu’elle dit maintenant, gardez dans le formulaire ce qui convient, puis envoyez-le.';

export const request = forgiving(
  comesBack(schema.RequestSeen, ({ person }, seen, services: KickoffServices) =>
    requestForm(seen, person, services),
  ),
  creating(
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
      async ({ person, effect }, { file, revision, ...details }, { kickoffs }: KickoffServices) =>
        unlessStale(await kickoffs.request(person, file, details, effect, revision), CHANGED).kickoff,
      ({ person }, _input, services, word, kickoff) => clientCard(kickoff, person, services, word),
      'Votre demande est envoyée au Courtier. Il vous proposera des moments.',
    ),
  ),
);
