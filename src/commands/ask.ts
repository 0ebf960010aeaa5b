import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { z } from 'zod';
import { CourtierError } from '../core/errors.ts';
import { cleanText } from '../core/text/intake.ts';
import { buildKnowledgeBase } from '../features/knowledge/answering/rules.ts';
import { type Understood, understand } from '../features/knowledge/answering/understanding.ts';
import { readContent } from '../features/knowledge/content/content.ts';
import { buildSearchIndex, type SearchResult, smallTalk } from '../features/knowledge/search/index.ts';
import { out } from './output.ts';

const SHOWN = 3;

const ForeignEntry = z.object({
  id: z.coerce.string(),
  question: z.string(),
  alternates: z.array(z.string()).default([]),
  answer: z.string().default(''),
});

interface Corpus {
  /** What a question finds. */
  readonly find: (question: string) => SearchResult;
  /** What identifies an entry in the output: its reference in the guide, or nothing for a foreign FAQ. */
  readonly describe: (id: string) => object;
  readonly titleOf: (id: string) => string;
  /** Small talk is not searched in our knowledge base; elsewhere it may be the very subject. */
  readonly declines: (question: string) => boolean;
}

/** `ask`: the answers of the knowledge base to one question, or to one question a line. */
export function askCommand(): Command {
  return new Command('ask')
    .description('Poser une question à la base de connaissances')
    .argument(
      '[question]',
      'la question ; sans elle et avec --json, une question par ligne sur l’entrée standard',
    )
    .option('--json', 'une ligne JSON par question')
    .option('--entries <fichier>', 'chercher dans une autre foire aux questions (JSONL)')
    .action(async (question: string | undefined, options: { json?: boolean; entries?: string }) => {
      const corpus = options.entries ? foreign(options.entries) : ours();
      const answer = (asked: string) => {
        const { outcome, hits } = corpus.find(cleanText(asked));
        const answers = hits
          .slice(0, SHOWN)
          .map(({ id, score }) => ({ id, ...corpus.describe(id), score: Math.round(score * 1_000) / 1_000 }));
        const abstained = outcome === 'none' || corpus.declines(asked);
        return { question: asked, abstained, outcome: abstained ? 'none' : outcome, answers };
      };
      if (question !== undefined) {
        const found = answer(question);
        process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : inWords(found, corpus));
        return;
      }
      if (!options.json)
        throw new CourtierError(
          'invalid',
          'Écrivez une question, ou ajoutez --json pour en lire une par ligne.',
        );
      for await (const line of createInterface({ input: process.stdin })) {
        if (line.trim() !== '') out(JSON.stringify(answer(line.trim())));
      }
    });
}

function ours(): Corpus {
  const { content } = readContent();
  const entries = new Map(content.entries.map((entry) => [entry.id, entry]));
  const base = buildKnowledgeBase(content);
  return {
    find: (question) => inOrder(understand(question, undefined, base)),
    describe: (id) => ({ reference: entries.get(id)?.reference }),
    titleOf: (id) => `${entries.get(id)?.title}  [${entries.get(id)?.reference}]`,
    declines: (question) => smallTalk(question) !== undefined,
  };
}

/** The answer to the second question of a message comes second. */
function inOrder({ result, also }: Understood): SearchResult {
  const [first] = result.hits;
  if (!first || also === undefined) return result;
  return { ...result, hits: [first, { id: also, score: first.score }] };
}

function foreign(file: string): Corpus {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
  } catch (cause) {
    throw new CourtierError('invalid', `Le fichier « ${file} » ne se lit pas.`, cause);
  }
  const entries = lines.map((line, n) => {
    try {
      return ForeignEntry.parse(JSON.parse(line));
    } catch (cause) {
      throw new CourtierError(
        'invalid',
        `Le fichier « ${file} », ligne ${n + 1} : il faut un objet JSON avec id, question, alternates et answer.`,
        cause,
      );
    }
  });
  const titles = new Map(entries.map(({ id, question }) => [id, question]));
  return {
    find: buildSearchIndex(entries).search,
    describe: () => ({}),
    titleOf: (id) => titles.get(id) ?? id,
    declines: () => false,
  };
}

function inWords(
  { abstained, answers }: { abstained: boolean; answers: readonly { id: string; score: number }[] },
  { titleOf }: Corpus,
): string {
  const lead = abstained
    ? 'Je n’ai pas de réponse sûre. Le plus proche :'
    : 'Réponses, de la plus sûre à la moins sûre :';
  return `${[lead, ...answers.map(({ id, score }) => `  ${score.toFixed(2)}  ${titleOf(id)}`)].join('\n')}\n`;
}
