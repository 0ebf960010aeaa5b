import { digesting } from './digesting.ts';
import { exporting } from './exporting.ts';
import type { Line } from './line.ts';
import { pacing } from './pacing.ts';
import { pricing } from './pricing.ts';
import { reminding } from './reminding.ts';
import { screens } from './screens.ts';
import { searching } from './searching.ts';
import { starting } from './starting.ts';
import { suite } from './suite.ts';
import { rest, turning } from './turning.ts';

/** What the table of docs/vitesse.md has, in its order. The pace takes the longest: it is measured last. */
export const LINES: readonly Line[] = [
  turning,
  starting,
  rest,
  searching,
  pricing,
  reminding,
  digesting,
  screens,
  exporting,
  pacing,
  suite,
];
