import { z } from 'zod';
import { fact } from '../../acquisitions/index.ts';

/** What a field of a question holds; a quantity that changes is a list of steps. */
const Value = z.union([
  z.string(),
  z.number(),
  z.array(z.string()).readonly(),
  z.array(z.object({ fromMonth: z.number(), units: z.number() })).readonly(),
]);
export type Value = z.output<typeof Value>;

/** The texts of a list; none for what is no such list. */
export const textsOf = (value: Value | undefined): readonly string[] =>
  typeof value === 'object' ? value.filter((each) => typeof each === 'string') : [];

/** The changes of a quantity; none for what holds none. */
export const stepsOf = (value: Value | undefined) =>
  typeof value === 'object' ? value.filter((each) => typeof each === 'object') : [];

const Answer = z.record(z.string(), Value);
export type Answer = z.output<typeof Answer>;

const Answers = z.record(z.string(), Answer);
export type Answers = z.output<typeof Answers>;

/** What a file knows of its needs. `review`: answered questions whose ground has moved. */
export const Needs = z.object({ answers: Answers, review: z.array(z.string()).readonly() });
export type Needs = z.output<typeof Needs>;
export const needsFact = fact('needs', Needs);

export const NO_NEEDS: Needs = { answers: {}, review: [] };
