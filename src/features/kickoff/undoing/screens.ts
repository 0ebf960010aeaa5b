import { z } from 'zod';
import type { Card } from '../../../core/card.ts';
import { revision, sure } from '../../../core/cards/form.ts';
import { draws, redraws } from '../../../core/cards/redraw.ts';
import { warnsFirst } from '../../../core/cards/warning-first.ts';
import { frenchDate } from '../../../core/clock.ts';
import { Id } from '../../../core/id.ts';
import { action } from '../../../core/routes/turns.ts';
import { escapeMarkdown, uncapital } from '../../../core/text/text.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import type { Side } from '../meeting/rules/states.ts';
import * as schema from '../meeting/screens/schema.ts';
import type { KickoffServices } from '../meeting/screens/services.ts';
import { askedFirst, heldOf, onStaffCard } from '../meeting/screens/staff.ts';
import { onClientCard } from '../meeting/screens/status.ts';
import type { KickoffOutcome } from '../meeting/store/records.ts';
import { PARTIES, STEPS } from '../steps/rules.ts';
import type { ConfirmedPart } from '../steps/store/confirmations.ts';
import type { Kickoff } from '../tables.ts';
import { MEETING } from './rules.ts';
import type { Standing } from './store/undoing.ts';

const Undo = z.object({
  kickoff: Id,
  step: z.int().min(MEETING).max(STEPS.length),
  party: z.enum(PARTIES),
  revision: revision(),
  ...sure,
});

const titleOf = ({ step }: ConfirmedPart): string => STEPS.find(({ number }) => number === step)?.title ?? '';

/** « le Courtier », « le fournisseur », or the name of whoever did on one's own side. */
function whoOf(side: Side, { party, by, objectId }: ConfirmedPart): string {
  if (party === 'supplier') return 'le fournisseur';
  if (side === 'client' && party === 'broker') return 'le Courtier';
  // The name of somebody who left, in the middle of a sentence.
  return objectId === '' ? 'une personne partie' : escapeMarkdown(by);
}

const onDay = ({ at }: ConfirmedPart): string => frenchDate(brokerDate(at));

/** Who confirmed it and when. Of the meeting, nobody knows of which side that was. */
const saidText = (side: Side, part: ConfirmedPart): string =>
  part.step === MEETING
    ? `Dite tenue le ${onDay(part)}.`
    : `Confirmée par ${whoOf(side, part)} le ${onDay(part)}.`;

/** « Annuler l’étape 6 », and whose part of it, where the staff may mean two. */
function undoTitle(side: Side, { step, party }: ConfirmedPart): string {
  const shared = side === 'staff' && (STEPS.find(({ number }) => number === step)?.parties.length ?? 0) > 1;
  const whose = !shared ? '' : party === 'supplier' ? ' du fournisseur' : ' du Courtier';
  return `Annuler l’étape ${step}${whose}`;
}

/** What goes with a step, and what stays. */
function effectsOf(side: Side, { part, after, duty }: Standing): string[] {
  return [
    ...(after.length > 0 ? ['Ce qui a été confirmé ensuite est à confirmer de nouveau :'] : []),
    ...after.map(
      (each) => `• Étape ${each.step} · ${titleOf(each)} : ${whoOf(side, each)}, le ${onDay(each)}`,
    ),
    ...(part.step === MEETING
      ? [
          'La rencontre redevient « fixée », à la même heure : on vous demandera de nouveau si elle a eu lieu.',
        ]
      : []),
    ...(duty
      ? ['L’obligation du contrat « Transmettre au Courtier une copie du contrat signé » redevient à faire.']
      : []),
    ...(part.step === STEPS.length ? ['Le contrat reste noté.'] : []),
  ];
}

const KEEPS =
  'Votre demande, le choix du fournisseur et son autorisation restent. Vos collègues du dossier et le Courtier sont avisés, et le journal du dossier garde l’annulation.';
const STAFF_KEEPS =
  'La demande, le choix du fournisseur et son autorisation restent. Le client et l’équipe sont avisés, et le journal du dossier garde l’annulation. Le fournisseur ne l’est pas : dites-le-lui, si cela le touche.';

/** What a side may take back of a meeting, each with what goes with it: the question, before anything is done. */
async function undoCard(side: Side, kickoff: Kickoff, services: KickoffServices): Promise<Card> {
  const standing = await services.kickoffs.undoable(side, kickoff);
  const staff = side === 'staff';
  const kept = [...new Set(standing.flatMap(({ obstacle }) => obstacle ?? []))];
  return {
    template: 'kickoff/undo',
    summary: 'Annuler une étape confirmée par erreur.',
    view: {
      brand: staff ? 'Courtier · Équipe · Rencontre de démarrage' : 'Courtier · Rencontre de démarrage',
      name: escapeMarkdown(await services.files.nameOf(kickoff.acquisitionId)),
      supplier: escapeMarkdown(kickoff.supplierName),
      parts: standing
        .filter(({ obstacle }) => obstacle === undefined)
        .map((each) => {
          const { part } = each;
          return {
            kickoff: kickoff.id,
            revision: kickoff.revision,
            step: part.step,
            party: part.party,
            title: `Étape ${part.step} · ${titleOf(part)}`,
            said: saidText(side, part),
            effects: effectsOf(side, each).map((text) => ({ text })),
            undo: undoTitle(side, part),
            question: `Annuler « ${titleOf(part)} » ? L’étape sera à faire de nouveau.`,
            sure: `Oui, ${uncapital(undoTitle(side, part))}`,
            verb: staff ? 'kickoff.staffUndo' : 'kickoff.undo',
          };
        }),
      none: standing.length === 0,
      kept: kept.map((text) => ({ text })),
      keeps: staff ? STAFF_KEEPS : KEEPS,
      kickoff: kickoff.id,
      back: staff ? 'kickoff.look' : 'kickoff.status',
    },
  };
}

export const askUndo = action(
  'kickoff.askUndo',
  schema.Reference,
  draws(async ({ person }, { kickoff }, services: KickoffServices) =>
    undoCard('client', await services.kickoffs.forClient(kickoff, person), services),
  ),
);

const staffUndoCard = async (
  _turn: unknown,
  { kickoff }: z.output<typeof schema.Reference>,
  services: KickoffServices,
): Promise<Card> => undoCard('staff', await services.kickoffs.findKickoff(kickoff), services);

export const staffAskUndo = action('kickoff.staffAskUndo', schema.Reference, draws(staffUndoCard), 'staff');

const undoneWord = (_outcome: unknown, { step }: z.output<typeof Undo>): string =>
  step === MEETING
    ? 'C’est annulé : la rencontre est de nouveau à dire tenue, ou non.'
    : `L’étape ${step} est annulée : elle est à faire de nouveau.`;

/** A step is taken back by a side, on its own card. */
const undoes = (side: Side, card: typeof onClientCard) =>
  redraws<KickoffServices, z.output<typeof Undo>, KickoffOutcome>(
    ({ person }, { kickoff, ...taken }, { kickoffs }) => kickoffs.undo(side, person, kickoff, taken),
    card,
    undoneWord,
  );

export const undo = action('kickoff.undo', Undo, undoes('client', onClientCard));

const UNMISSED = 'C’est annulé : la rencontre est de nouveau fixée. Dites si elle a eu lieu.';

/** It was said by mistake that the meeting did not take place. */
const unmisses = (side: Side, card: typeof onClientCard) =>
  redraws<KickoffServices, z.output<typeof schema.Seen>, KickoffOutcome>(
    ({ person }, { kickoff, revision }, { kickoffs }) => kickoffs.unmiss(side, person, kickoff, revision),
    card,
    UNMISSED,
  );

export const unmiss = action('kickoff.unmiss', schema.Seen, unmisses('client', onClientCard));

export const staffUnmiss = askedFirst(
  action('kickoff.staffUnmiss', schema.Seen, unmisses('staff', onStaffCard), 'staff'),
);

/** As of every act of the staff; the question is on this card, among the steps that may be taken back. */
const undoAskedFirst = warnsFirst(schema.Reference, heldOf, staffUndoCard);

export const staffUndo = undoAskedFirst(
  action('kickoff.staffUndo', Undo, undoes('staff', onStaffCard), 'staff'),
);
