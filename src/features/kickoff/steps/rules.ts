import { guide } from '../../../core/guide/index.ts';
import type { BusinessDays } from '../../../core/time/business-days.ts';
import { dateIn } from '../../../core/time/days.ts';
import { byBroker, type Due, isPast } from '../../../core/time/due.ts';
import { copyDue } from '../../contracts/index.ts';
import type { MeetingRules } from '../meeting/rules/meeting-rules.ts';

export const PARTIES = ['client', 'broker', 'supplier'] as const;
export type Party = (typeof PARTIES)[number];

export interface Step {
  /** The guide's number, 1 to 11. */
  readonly number: number;
  readonly title: string;
  /** Who confirms, each their own part. */
  readonly parties: readonly Party[];
  /** What each party confirms, where it is not plain from the title. */
  readonly tasks: Partial<Readonly<Record<Party, string>>>;
  /** Each party waits for the one before. */
  readonly inOrder: boolean;
}

const ELEVEN = 11;
/** The client's own signature: what article 48 asks for comes before it (guide 3.4.3). */
export const CLIENT_SIGNS = 9;

/** The eleven steps to a signed contract (guide 3.5), in the guide's words. */
export const STEPS: readonly Step[] = Array.from({ length: ELEVEN }, (_, n) => ({
  number: n + 1,
  get title() {
    return inGuide(n).title;
  },
  get tasks() {
    return inGuide(n).tasks;
  },
  get inOrder() {
    return inGuide(n).inOrder;
  },
  get parties() {
    return PARTIES.filter((party) => inGuide(n).tasks[party] !== undefined);
  },
}));

function inGuide(n: number) {
  const step = guide().steps[n];
  if (!step) throw new Error(`the guide has no step ${n + 1}`);
  return step;
}

/** A party's part of a step, as it was confirmed. */
export interface Confirmation {
  readonly step: number;
  readonly party: Party;
  readonly at: Date;
  readonly by: string;
}

export interface StepStanding {
  readonly step: Step;
  readonly state: 'done' | 'current' | 'later';
  /** Who has still to confirm. */
  readonly waiting: readonly Party[];
  /** Who has confirmed. */
  readonly confirmed: readonly Party[];
  /** A mark of the broker's; the guide's own date for the last step, once the day of the signature is known. */
  readonly due: Due | undefined;
  /** Past the guide's date. */
  readonly late: boolean;
  /** Past a date, whoever set it. */
  readonly past: boolean;
}

interface StepGround {
  readonly rules: MeetingRules;
  readonly days: BusinessDays;
  readonly timeZone: string;
  /** When both signed, as the contract has it. */
  readonly signedOn?: Temporal.PlainDate | undefined;
}

const confirmedOf = ({ number, parties }: Step, confirmed: readonly Confirmation[]): Party[] =>
  parties.filter((party) => confirmed.some((each) => each.step === number && each.party === party));

const isDone = (step: Step, confirmed: readonly Confirmation[]): boolean =>
  waitingFor(step, confirmed).length === 0;

function waitingFor(step: Step, confirmed: readonly Confirmation[]): Party[] {
  const said = confirmedOf(step, confirmed);
  const missing = step.parties.filter((party) => !said.includes(party));
  return step.inOrder ? missing.slice(0, 1) : missing;
}

/**
 * When a step is to be done, `before` being the end of the one before. The copy of the contract has the date of the
 * contract's duty, or none: its days run from the signature, which is known once the contract is noted (guide 4.12).
 */
function dueOf(
  number: number,
  before: Temporal.PlainDate | undefined,
  { rules, days, signedOn }: StepGround,
): Due | undefined {
  if (number === ELEVEN) return signedOn && copyDue(signedOn, days);
  const length = rules.stepDays[number as keyof MeetingRules['stepDays']];
  return before && length
    ? {
        ...byBroker(`content/calendar/rencontres.yaml, stepDays ${number}`),
        on: days.office.add(before, length),
      }
    : undefined;
}

/** Where the eleven steps are. The first that is not done is the current one: nobody confirms ahead of it. */
export function standingOf(
  confirmed: readonly Confirmation[],
  today: Temporal.PlainDate,
  ground: StepGround,
): StepStanding[] {
  const current = STEPS.find((each) => !isDone(each, confirmed))?.number ?? STEPS.length + 1;
  const ended = (number: number): Temporal.PlainDate | undefined => {
    const times = confirmed.filter((each) => each.step === number).map(({ at }) => at.getTime());
    return times.length === 0 ? undefined : dateIn(new Date(Math.max(...times)), ground.timeZone);
  };
  return STEPS.map((each) => {
    const { number } = each;
    const state = number < current ? 'done' : number === current ? 'current' : 'later';
    const before = state === 'current' ? ended(number - 1) : undefined;
    const due = state === 'current' ? dueOf(number, before, ground) : undefined;
    // Both had signed when the supplier said so, or before: the copy is late for certain after the days from then.
    const latest = due ?? (number === ELEVEN && before ? copyDue(before, ground.days) : undefined);
    const past = latest !== undefined && isPast(latest, today);
    return {
      step: each,
      state,
      waiting: state === 'current' ? waitingFor(each, confirmed) : [],
      confirmed: confirmedOf(each, confirmed),
      due,
      late: past && latest.source === 'guide',
      past,
    };
  });
}

/** Whether a party may confirm a step now: it is the current one, and theirs to confirm. */
export const mayConfirm = (standing: readonly StepStanding[], number: number, party: Party): boolean =>
  standing.some(({ step: each, waiting }) => each.number === number && waiting.includes(party));
