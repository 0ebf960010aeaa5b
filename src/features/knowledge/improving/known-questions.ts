import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CourtierError } from '../../../core/errors.ts';
import { guideFolder } from '../../../core/guide/index.ts';
import { ROOT } from '../../../core/root.ts';
import type { KnownQuestion } from './rules/judging.ts';

/** Questions that were reported as wrong, beside the guide that answers them. */
const reportedFile = (): string => join(guideFolder(), 'questions-signalees.jsonl');
/** Questions kept apart to measure the search: they come with the code, not with every installation. */
const KEPT_FILE = join(ROOT, 'test/features/knowledge/search/held-out.jsonl');

const Line = z.looseObject({
  q: z.string().min(1).max(2_000),
  /** A reference of the guide; null: none should come. */
  expect: z.string().nullable(),
  accept: z.array(z.string()).default([]),
});

/** The known questions of a file, one JSON object a line; none where there is no file. */
function readKnown(file: string, from: KnownQuestion['from']): KnownQuestion[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, n) => {
      if (line.trim() === '') return [];
      try {
        const { q, expect, accept } = Line.parse(JSON.parse(line));
        return [{ text: q, expect: expect === null ? [] : [expect, ...accept], from }];
      } catch (cause) {
        throw new CourtierError(
          'invalid',
          `Le fichier « ${file} », ligne ${n + 1} : il faut un objet JSON avec q et expect.`,
          cause,
        );
      }
    });
}

/** Those of the files: kept apart, and reported as wrong. */
export const knownQuestions = (): KnownQuestion[] => [
  ...readKnown(KEPT_FILE, 'kept'),
  ...readKnown(reportedFile(), 'reported'),
];
