import {
  type DraftAnswers,
  type DraftOverall,
  meanOf,
  type Overall,
  type SectionAnswers,
  type Snapshot,
} from './answers.ts';
import { AGAIN, criteriaOf, type Form, OVERALL } from './form.ts';

/** What one person answered. */
export interface Contribution {
  readonly tenantId: string;
  readonly objectId: string;
  readonly by: string;
  /** When they answered last. */
  readonly at: Date;
  readonly criteria: DraftAnswers;
  readonly overall: DraftOverall;
  /** By section: how often it was written. */
  readonly revisions: ReadonlyMap<string, number>;
}

/** What the body says, from what its people do. */
export interface Reconciled {
  readonly criteria: DraftAnswers;
  readonly overall: DraftOverall;
  /** On what colleagues differ while the person responsible has not decided: criteria, the overall view. */
  readonly conflicts: ReadonlySet<string>;
}

/** What those who gave a value agree on; `undefined` when nobody did, or when they differ. */
function agreed<T>(values: readonly (T | undefined)[]): {
  readonly value: T | undefined;
  readonly differ: boolean;
} {
  const given = new Set(values.filter((value) => value !== undefined));
  const [value] = given;
  return given.size > 1 ? { value: undefined, differ: true } : { value, differ: false };
}

/** Different comments, one a line. */
const together = (comments: readonly (string | undefined)[]): string =>
  [...new Set(comments.filter((each) => each !== undefined && each !== ''))].join('\n');

/**
 * The body's answers: what the person responsible answered; where they did not, what their colleagues agree on. Where
 * those differ there is none until the person responsible decides.
 */
export function reconcile(
  form: Form,
  own: Contribution | undefined,
  others: readonly Contribution[],
): Reconciled {
  const conflicts = new Set<string>();
  const decide = <T>(
    subject: string,
    mine: T | undefined,
    theirs: readonly (T | undefined)[],
  ): T | undefined => {
    if (mine !== undefined) return mine;
    const { value, differ } = agreed(theirs);
    if (differ) conflicts.add(subject);
    return value;
  };
  const criteria = Object.fromEntries(
    criteriaOf(form).flatMap(({ id }) => {
      const mine = own?.criteria[id];
      const theirs = others.map((each) => each.criteria[id]);
      const score = decide(
        id,
        mine?.score,
        theirs.map((each) => each?.score),
      );
      const comment =
        mine?.score !== undefined || mine?.comment
          ? mine.comment
          : together(theirs.map((each) => each?.comment));
      return score === undefined && comment === '' ? [] : [[id, { score, comment }]];
    }),
  );
  const again = decide(
    AGAIN,
    own?.overall.again,
    others.map((each) => each.overall.again),
  );
  const overall = decide(
    OVERALL,
    own?.overall.overall,
    others.map((each) => each.overall.overall),
  );
  const comment =
    own?.overall.again !== undefined || own?.overall.comment
      ? (own.overall.comment ?? '')
      : together(others.map((each) => each.overall.comment));
  return { criteria, overall: { again, overall, comment }, conflicts };
}

/** How much of a form was answered: every criterion, and whether the supplier would be chosen again. */
export function progressOf(form: Form, { criteria, overall }: Pick<Reconciled, 'criteria' | 'overall'>) {
  const all = criteriaOf(form);
  const scored = all.filter(({ id }) => criteria[id]?.score !== undefined).length;
  return { done: scored + (overall.again === undefined ? 0 : 1), total: all.length + 1 };
}

/** Whether colleagues together answered nothing, something or everything, the points on which they differ included. */
export function filledBy(form: Form, reconciled: Reconciled): 'none' | 'some' | 'all' {
  const { done, total } = progressOf(form, reconciled);
  const differ = [...reconciled.conflicts].filter((subject) => subject !== OVERALL).length;
  if (done + differ === total) return 'all';
  const commented = Object.keys(reconciled.criteria).length > 0 || (reconciled.overall.comment ?? '') !== '';
  return done + differ > 0 || commented ? 'some' : 'none';
}

/** What has no answer yet, or two: the criteria, by their titles, and the overall view. */
export function missingOf(form: Form, { criteria, overall, conflicts }: Reconciled): string[] {
  const unscored = criteriaOf(form).flatMap(({ id, title }) =>
    criteria[id]?.score === undefined ? [title] : [],
  );
  const unmeasured =
    overall.overall === undefined && unscored.length === 0 && meanOf(form, criteria) === undefined;
  return [
    ...unscored,
    ...(overall.again === undefined ? ['Choisir de nouveau ce fournisseur'] : []),
    ...(conflicts.has(OVERALL) || unmeasured ? ['Dans l’ensemble'] : []),
  ];
}

/** The whole that would be submitted; undefined while something is missing. An overall view left out is the mean. */
export function snapshotOf(form: Form, reconciled: Reconciled): Snapshot | undefined {
  const { criteria, overall } = reconciled;
  if (missingOf(form, reconciled).length > 0 || overall.again === undefined) return undefined;
  const given: SectionAnswers = Object.fromEntries(
    criteriaOf(form).flatMap(({ id }) => {
      const { score, comment = '' } = criteria[id] ?? {};
      return score === undefined ? [] : [[id, { score, comment }]];
    }),
  );
  const view = overall.overall ?? roundedMean(form, given);
  if (view === undefined) return undefined;
  return {
    criteria: given,
    overall: { overall: view, again: overall.again, comment: overall.comment ?? '' },
  };
}

/** The mean as a step of the scale; undefined where all is « sans objet ». */
function roundedMean(form: Form, criteria: DraftAnswers): Overall['overall'] | undefined {
  const mean = meanOf(form, criteria);
  return mean === undefined ? undefined : ([1, 2, 3, 4, 5] as const)[Math.round(mean) - 1];
}

/** A number that grows with each answer that is saved: what somebody saw is still so when it is the same. */
export const versionOf = (contributions: readonly Contribution[]): number =>
  contributions.reduce((sum, { revisions }) => sum + [...revisions.values()].reduce((a, b) => a + b, 0), 0);
