import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { besideBundle, compiledOr } from '../../../core/compiled.ts';
import { GUIDE_FOLDER, guide, guideFolder, missingFacts, withFacts } from '../../../core/guide/index.ts';
import { fold } from '../../../core/text/text.ts';
import { FrontMatter } from '../screens/schema.ts';
import type { Problem } from './problem.ts';
import { readSilences, type Silence } from './silences.ts';

export type { Problem } from './problem.ts';

const ENTRIES = 'entries';
/** The entries of the edition that comes with the code. */
export const KNOWLEDGE_FOLDER = join(GUIDE_FOLDER, ENTRIES);
/** The entries of the edition in force. */
export const entriesFolder = (): string => join(guideFolder(), ENTRIES);

/** An entry of the knowledge base: the front matter of its file, and the answer in Markdown. */
export interface KnowledgeEntry extends FrontMatter {
  readonly answer: string;
}

export interface Content {
  readonly entries: readonly KnowledgeEntry[];
  /** Messages that are none of the guide's business, for the search to recognise their like. */
  readonly outOfScope: readonly string[];
  /** What people ask and the guide does not say. */
  readonly silences: readonly Silence[];
}

interface Read {
  readonly file: string;
  readonly entry: KnowledgeEntry;
  lineOf(...path: (string | number)[]): number;
}

/** Notes what is wrong of a line. */
type Refuse = (line: number, sentence: string) => void;

/** The guide's outline: what must be there for the knowledge to be whole. */
const REQUIRED = [
  ...Array.from({ length: 28 }, (_, n) => `FAQ ${n + 1}`),
  ...[
    '2.1',
    '2.2',
    '2.3',
    '2.4',
    '2.5',
    '3',
    '3.1',
    '3.2',
    '3.3.1',
    '3.3.2',
    '3.4.1',
    '3.4.2',
    '3.4.3',
    '3.5',
  ],
  ...['4', '4.1', '4.2', '4.3', '4.4', '4.5', '4.6', '4.7', '4.9', '4.10', '4.11', '4.12'],
];
const SHORTEST_ANSWER = 40;
const LONGEST_ANSWER = 2_400;
const fewestQuestions = (reference: string): number => (reference.startsWith('FAQ') ? 15 : 8);

/**
 * Reads the entries of a folder whole and checks them whole: every problem has its file, its line and a
 * sentence. What the guide says as data is filled in. The entries come in the order of the guide.
 */
export function readContent(folder: string = entriesFolder()): { content: Content; problems: Problem[] } {
  const problems: Problem[] = [];
  const reads: Read[] = [];
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.md')) continue;
    const read = readEntry(file, readFileSync(join(folder, file), 'utf8'), problems);
    if (read) reads.push(read);
  }
  const content: Content = {
    entries: reads.map((read) => read.entry).sort((a, b) => rank(a.reference) - rank(b.reference)),
    outOfScope: readLines(folder, 'hors-sujet.txt', problems),
    silences: readSilences(folder, new Set(reads.map(({ entry }) => entry.id)), problems),
  };
  problems.push(...checkTogether(reads));
  return { content, problems: problems.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line) };
}

/** Beside the bundle: what its build read of the entries that come with the code. */
export const CONTENT_COMPILED = 'knowledge-content.json';

/** What the edition in force says, as its guide fills it in: what a bundle has of it already, or else its files. */
export function contentInForce(): Content {
  const folder = entriesFolder();
  return compiledOr(
    besideBundle(CONTENT_COMPILED),
    { folder, deep: true, also: guide() },
    () => readContent(folder).content,
  );
}

function rank(reference: string): number {
  const faq = /^FAQ (\d+)$/.exec(reference);
  if (faq) return 1_000_000 + Number(faq[1]);
  if (reference.startsWith('def:')) return 2_000_000;
  return reference.split('.').reduce((sum, part, depth) => sum + (Number(part) * 10_000) / 100 ** depth, 0);
}

/** One file. A file that cannot be read whole adds its problems and gives nothing. */
export function readEntry(file: string, text: string, problems: Problem[]): Read | undefined {
  const refuse: Refuse = (line, sentence) => void problems.push({ file, line, sentence });
  const parts = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text.replace(/\r\n/g, '\n'));
  if (!parts) {
    refuse(1, 'Le fichier doit commencer par un en-tête entre deux lignes « --- ».');
    return undefined;
  }
  if (!checkFacts(text, refuse)) return undefined;
  const [, written = '', body = ''] = parts;
  const head = withFacts(written);
  const lines = new LineCounter();
  const document = parseDocument(head, { lineCounter: lines, maxAliasCount: 0 } as object);
  const lineAt = (offset: number) => lines.linePos(offset).line + 1;
  const lineOf = (...path: (string | number)[]): number => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return lineAt(node.range[0]);
    }
    return 1;
  };
  if (document.errors.length > 0) {
    for (const error of document.errors)
      refuse(
        lineAt(error.pos[0]),
        "L'en-tête n'est pas du YAML valide : vérifiez les guillemets et les deux-points.",
      );
    return undefined;
  }
  const front = FrontMatter.safeParse(isMap(document.contents) ? document.toJS() : {});
  if (!front.success) {
    for (const issue of front.error.issues) {
      const path = issue.path as (string | number)[];
      refuse(lineOf(...path), `« ${path.join('.') || 'en-tête'} » : ${sentenceFor(issue)}`);
    }
    return undefined;
  }
  const answer = withFacts(body.trim());
  const bodyLine = head.split('\n').length + 2;
  checkAnswer(answer, body.trim(), (line, sentence) => refuse(bodyLine + line, sentence));
  const wanted = fewestQuestions(front.data.reference);
  if (front.data.questions.length < wanted) {
    refuse(
      lineOf('questions'),
      `Il faut au moins ${wanted} questions d'usagers ; il y en a ${front.data.questions.length}.`,
    );
  }
  return { file, entry: { ...front.data, answer }, lineOf };
}

/** An answer is read at a glance, on a card: as it is filled in, and as it is `written`. Its lines are counted from 0. */
function checkAnswer(answer: string, written: string, refuse: Refuse): void {
  if (answer.length < SHORTEST_ANSWER) refuse(0, 'La réponse est vide ou trop courte.');
  if (answer.length > LONGEST_ANSWER)
    refuse(0, `La réponse dépasse ${LONGEST_ANSWER} caractères : une carte doit se lire d'un coup d'œil.`);
  for (const [n, line] of written.split('\n').entries())
    if (/\$\{|<[a-z/!]|^#{1,6} |^\s*\||!\[/i.test(line))
      refuse(
        n,
        'La réponse ne contient que des paragraphes, des listes, du gras et des liens : ni titre, ni tableau, ni image, ni HTML, ni « ${ ».',
      );
}

/** Whether the guide has each fact that a file asks for. An address is one of the guide's, or there are two truths. */
function checkFacts(text: string, refuse: Refuse): boolean {
  const addresses = Object.values(guide().institutions.contacts).map(({ email }) => email);
  let whole = true;
  text.split(/\r?\n/).forEach((line, n) => {
    for (const key of missingFacts(line, guide())) {
      whole = false;
      refuse(n + 1, `« {{${key}}} » ne désigne rien dans le guide.`);
    }
    if (/^ {2}- /.test(line)) return; // A wording of a person, or a step without one.
    for (const [address] of line.matchAll(/[\w.-]+@[\w-]+(?:\.[\w-]+)+/g))
      if (!addresses.includes(address.toLowerCase()))
        refuse(n + 1, `« ${address} » n'est l'adresse d'aucun contact du guide (institutions.yaml).`);
  });
  return whole;
}

/** What no file can know alone: duplicates, missing entries, links between entries. */
function checkTogether(reads: readonly Read[]): Problem[] {
  const problems: Problem[] = [];
  const ids = new Map<string, string>();
  const wordings = new Map<string, string>();
  const known = new Set(reads.map(({ entry }) => entry.id));
  for (const { file, entry, lineOf } of reads) {
    const refuse: Refuse = (line, sentence) => void problems.push({ file, line, sentence });
    const first = ids.get(entry.id);
    if (first) refuse(lineOf('id'), `L'identifiant « ${entry.id} » est déjà celui de ${first}.`);
    ids.set(entry.id, file);
    for (const [n, id] of entry.related.entries()) {
      if (id === entry.id || !known.has(id))
        refuse(lineOf('related', n), `« ${id} » ne désigne pas une autre entrée.`);
    }
    for (const [n, step] of entry.next.entries()) {
      if ('ask' in step && !known.has(step.ask))
        refuse(lineOf('next', n), `« ${step.ask} » ne désigne aucune entrée.`);
    }
    for (const [n, wording] of [entry.title, ...entry.questions].entries()) {
      const key = fold(wording)
        .replace(/[^a-z0-9]+/g, ' ')
        .trim();
      const owner = wordings.get(key);
      if (owner)
        refuse(
          n === 0 ? lineOf('title') : lineOf('questions', n - 1),
          `« ${wording} » est déjà une question de ${owner}.`,
        );
      wordings.set(key, file);
    }
  }
  const present = new Set(reads.map(({ entry }) => entry.reference));
  for (const reference of REQUIRED) {
    if (!present.has(reference))
      problems.push({ file: '.', line: 1, sentence: `Il manque une entrée pour « ${reference} » du guide.` });
  }
  return problems;
}

/** The lines of a text file, without blanks and comments. */
function readLines(folder: string, file: string, problems: Problem[]): string[] {
  try {
    const lines = readFileSync(join(folder, file), 'utf8').split(/\r?\n/);
    return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  } catch {
    problems.push({ file, line: 1, sentence: 'Le fichier manque.' });
    return [];
  }
}

function sentenceFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return 'valeur absente ou du mauvais type.';
    case 'unrecognized_keys':
      return `clé inconnue (${issue.keys.join(', ')}).`;
    case 'too_small':
      return `trop court (au moins ${issue.minimum}).`;
    case 'too_big':
      return `trop long (au plus ${issue.maximum}).`;
    case 'invalid_value':
      return `valeur inconnue ; choix possibles : ${issue.values.join(', ')}.`;
    default:
      return issue.message.endsWith('.') ? issue.message : 'valeur non valide.';
  }
}
