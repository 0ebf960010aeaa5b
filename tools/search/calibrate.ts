import { readFileSync } from 'node:fs';
import {
  KNOWLEDGE_FOLDER,
  readContent,
  type SearchEntry,
  searchableOf,
} from '../../src/features/knowledge/index.ts';
import { chance, featuresOf, type Model } from '../../src/features/knowledge/search/confidence.ts';
import { type Judged, judge, leftOut } from './folds.ts';
import { fitted, type Sample } from './regression.ts';

const FOLDS = 5;
/** How many of a foreign FAQ's questions become wordings of each entry. */
const LEARNT = [0, 2, 5];

/**
 * Fits what the search calls its chances, and prints them with how often they came true: on our wordings, a fifth kept
 * out of the index at a time, and without a background on a foreign FAQ (ENTRIES.jsonl QUESTIONS.jsonl).
 */
const [foreignEntries, foreignQuestions] = process.argv.slice(2);
const { content } = readContent(KNOWLEDGE_FOLDER);
const entries = searchableOf(content);
const { outOfScope } = content;

const ours = leftOut(entries, outOfScope, FOLDS);
say('with', ours);
say('without', [...leftOut(entries, outOfScope, FOLDS, false), ...foreign()]);

function foreign(): Judged[] {
  if (!foreignEntries || !foreignQuestions) return [];
  const bare = linesOf(foreignEntries) as SearchEntry[];
  const asked = (linesOf(foreignQuestions) as { q: string; expect: string }[]).map(({ q, expect }) => ({
    asked: q,
    answers: [expect],
  }));
  const strangers = outOfScope.map((message) => ({ asked: message, answers: [] }));
  return LEARNT.flatMap((learnt) => {
    const taken = new Map(bare.map(({ id }) => [id, [] as string[]]));
    const rest = asked.filter(({ asked: message, answers: [id = ''] }) => {
      const wordings = taken.get(id);
      if (!wordings || wordings.length >= learnt) return true;
      wordings.push(message);
      return false;
    });
    const taught = bare.map((entry) => ({ ...entry, alternates: taken.get(entry.id) ?? [] }));
    return judge(taught, [], [...rest, ...strangers]);
  });
}

function linesOf(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function say(name: string, rows: readonly Judged[]): void {
  const models = {
    right: fitted(rows.map(({ evidence, right }) => sample(evidence, right, 1))),
    covered: fitted(balanced(rows)),
  };
  process.stdout.write(`${name}: ${JSON.stringify(models)}\n${reliability(rows, models.right)}\n`);
}

function sample(evidence: Judged['evidence'], happened: boolean, weight: number): Sample {
  return { features: featuresOf(evidence), true: happened, weight };
}

/** Both kinds of messages weigh as much, however many there are of each. */
function balanced(rows: readonly Judged[]) {
  const outside = rows.filter(({ covered }) => !covered).length;
  const weight = (rows.length - outside) / Math.max(1, outside);
  return rows.map(({ evidence, covered }) => sample(evidence, covered, covered ? 1 : weight));
}

/** By tenths of what was said: how many, and how often it came true. */
function reliability(rows: readonly Judged[], model: Model): string {
  return Array.from({ length: 10 }, (_, tenth) => {
    const here = rows.filter(
      ({ evidence }) => Math.min(9, Math.floor(chance(model, featuresOf(evidence)) * 10)) === tenth,
    );
    const said = mean(here.map(({ evidence }) => chance(model, featuresOf(evidence))));
    const came = mean(here.map(({ right }) => (right ? 1 : 0)));
    return `${tenth * 10}-${tenth * 10 + 10} %: said ${said}, came true ${came}, of ${here.length}`;
  }).join('\n');
}

function mean(values: readonly number[]): string {
  return values.length === 0
    ? '–'
    : `${((100 * values.reduce((a, b) => a + b, 0)) / values.length).toFixed(0)} %`;
}
