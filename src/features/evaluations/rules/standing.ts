import { frenchDay } from '../../../core/clock.ts';
import { dueText, pastText } from '../../../core/time/due.ts';
import { closingDue } from '../campaigns/rules/schedule.ts';
import type { ApartBy, CampaignState, EvaluationState } from '../campaigns/rules/states.ts';

/** All that an evaluation's standing depends on, with the day of today. */
export interface StandingFacts {
  readonly state: EvaluationState;
  readonly apartBy: ApartBy | null;
  readonly excludedWhy: string | null;
  readonly campaign: CampaignState;
  readonly opensOn: string;
  readonly closesOn: string;
  /** The day of the latest submission. */
  readonly submittedOn: string | undefined;
  /** When the head of the body signed it. */
  readonly signedOn: string | null;
  /** How much of it the body's people answered together. */
  readonly filled: 'none' | 'some' | 'all';
  /** Whether they answered otherwise since it was submitted. */
  readonly changed: boolean;
}

export const STANDINGS = [
  'todo',
  'started',
  'ready',
  'coming',
  'paused',
  'unanswered',
  'submitted',
  'submittedPaused',
  'final',
  'signed',
  'apart',
  'notRequired',
] as const;

export interface EvaluationStanding {
  readonly kind: (typeof STANDINGS)[number];
  /** Its only sentence, wherever it is told: by list, card, notice, to the staff, in a channel, in a document. */
  readonly sentence: string;
  /** Whether answers may be given or changed. */
  readonly writable: boolean;
}

const FILLED = {
  none: { kind: 'todo', name: 'À remplir' },
  some: { kind: 'started', name: 'Commencée' },
  all: { kind: 'ready', name: 'À soumettre' },
} as const;

const fixed = (kind: EvaluationStanding['kind'], sentence: string): EvaluationStanding => ({
  kind,
  sentence,
  writable: false,
});

function setApart({ apartBy, excludedWhy }: StandingFacts): EvaluationStanding {
  const why = excludedWhy ?? '';
  if (apartBy === 'body') return fixed('notRequired', `Pas requise : ${why}`);
  return fixed(
    'apart',
    apartBy === 'broker' ? `Mise de côté par le Courtier : ${why}` : `Non demandée : ${why}`,
  );
}

/** From its opening, for as long as the campaign lasts: a late first answer is taken. */
function unsubmitted(
  { campaign, opensOn, closesOn, filled }: StandingFacts,
  today: string,
): EvaluationStanding {
  if (campaign === 'closed') return fixed('unanswered', 'Fermée sans réponse.');
  if (campaign === 'planned' || opensOn > today)
    return fixed('coming', `À venir : elle s’ouvre le ${frenchDay(opensOn)}.`);
  if (campaign === 'paused')
    return fixed('paused', 'En pause : le Courtier a suspendu la campagne. Les réponses sont gardées.');
  const { kind, name } = FILLED[filled];
  const due = closingDue(closesOn);
  const when = closesOn < today ? `${pastText(due)} ; la réponse est encore reçue.` : `${dueText(due)}.`;
  return { kind, sentence: `${name}. ${when}`, writable: true };
}

/** What was submitted changes until its last day, unless the head signed it. */
function submitted(facts: StandingFacts, today: string): EvaluationStanding {
  const { campaign, closesOn, submittedOn, signedOn, changed } = facts;
  if (signedOn)
    return fixed('signed', `Signée par le dirigeant le ${frenchDay(signedOn)}. Elle ne change plus.`);
  const since = submittedOn ? `Soumise le ${frenchDay(submittedOn)}.` : 'Soumise.';
  if (campaign === 'closed' || closesOn < today)
    return fixed(
      'final',
      changed
        ? `${since} Elle ne change plus : le brouillon fait depuis n’a pas été soumis.`
        : `${since} Elle ne change plus.`,
    );
  const until = frenchDay(closesOn);
  if (campaign !== 'open') {
    const why = campaign === 'paused' ? 'est en pause' : 'n’est pas ouverte';
    return fixed('submittedPaused', `${since} La campagne ${why} : elle ne change pas pour le moment.`);
  }
  return {
    kind: 'submitted',
    sentence: changed
      ? `${since} Le brouillon fait depuis ne compte pas : il peut être soumis jusqu’au ${until}.`
      : `${since} Elle peut changer jusqu’au ${until}.`,
    writable: true,
  };
}

/** Where an evaluation stands on a day: whatever speaks of it says this (guide 4.9 and 4.10). */
export function standingOn(facts: StandingFacts, today: string): EvaluationStanding {
  switch (facts.state) {
    case 'excluded':
      return setApart(facts);
    case 'open':
      return unsubmitted(facts, today);
    case 'submitted':
      return submitted(facts, today);
  }
}

/** Whether an evaluation waits for its body's answer. */
export const isAwaited = ({ kind }: EvaluationStanding): boolean =>
  kind === 'todo' || kind === 'started' || kind === 'ready';
