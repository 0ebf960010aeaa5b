import type { BusinessDays } from '../../../core/business-days.ts';
import { guide } from '../../../core/guide/index.ts';
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
  /** A target; the guide's own for the last step. None for the request and the meeting. */
  readonly due: Temporal.PlainDate | undefined;
  readonly late: boolean;
}

const isDone = (step: Step, confirmed: readonly Confirmation[]): boolean =>
  waitingFor(step, confirmed).length === 0;

function waitingFor({ number, parties, inOrder }: Step, confirmed: readonly Confirmation[]): Party[] {
  const missing = parties.filter(
    (party) => !confirmed.some((each) => each.step === number && each.party === party),
  );
  return inOrder ? missing.slice(0, 1) : missing;
}

/** Where the eleven steps are. The first that is not done is the current one: nobody confirms ahead of it. */
export function standingOf(
  confirmed: readonly Confirmation[],
  today: Temporal.PlainDate,
  { rules, days, timeZone }: { rules: MeetingRules; days: BusinessDays; timeZone: string },
): StepStanding[] {
  const current = STEPS.find((each) => !isDone(each, confirmed))?.number ?? STEPS.length + 1;
  const ended = (number: number): Temporal.PlainDate | undefined => {
    const times = confirmed.filter((each) => each.step === number).map(({ at }) => at.getTime());
    return times.length === 0
      ? undefined
      : Temporal.Instant.fromEpochMilliseconds(Math.max(...times))
          .toZonedDateTimeISO(timeZone)
          .toPlainDate();
  };
  return STEPS.map((each) => {
    const { number } = each;
    const state = number < current ? 'done' : number === current ? 'current' : 'later';
    const length =
      number === ELEVEN
        ? guide().rules.copyDays.value
        : rules.stepDays[number as keyof MeetingRules['stepDays']];
    const before = state === 'current' ? ended(number - 1) : undefined;
    const due = before && length ? days.add(before, length) : undefined;
    return {
      step: each,
      state,
      waiting: state === 'current' ? waitingFor(each, confirmed) : [],
      due,
      late: due !== undefined && Temporal.PlainDate.compare(today, due) > 0,
    };
  });
}

/** Whether a party may confirm a step now: it is the current one, and theirs to confirm. */
export const mayConfirm = (standing: readonly StepStanding[], number: number, party: Party): boolean =>
  standing.some(({ step: each, waiting }) => each.number === number && waiting.includes(party));
