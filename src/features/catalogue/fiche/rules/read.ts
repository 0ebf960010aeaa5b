import {
  CORE_SCHEMA,
  floatCoreTag,
  intCoreTag,
  load,
  NOT_RESOLVED,
  type ScalarTagDefinition,
  YAMLException,
} from 'js-yaml';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Path, Problem } from './problems.ts';

/** Forty times the largest fiche that one would write by hand. */
export const LARGEST_FILE = 256 * 1024;

/** A document that could be read: its data, and where each part stands. */
export interface Document {
  readonly data: unknown;
  /** Where a value stands, or its nearest parent when it is not there: a line, counted from 1, or a cell. */
  placeOf(path: Path): Pick<Problem, 'line' | 'cell'> | undefined;
  /** What could not be read into the data. */
  readonly problems?: readonly Problem[];
}

export type Reading =
  | { readonly kind: 'read'; readonly document: Document }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * Reads a fiche file, hostile or not: UTF-8, at most 256 KiB, one YAML or JSON document, no alias, no tag,
 * at most a hundred levels. Takes time in proportion to its size.
 */
export function readDocument(fileName: string, bytes: Uint8Array): Reading {
  const text = bytes.length > LARGEST_FILE ? undefined : decode(bytes);
  if (text === undefined && OTHER_SORT.test(fileName)) return notFiche(fileName);
  if (bytes.length > LARGEST_FILE)
    return refused(
      `Ce fichier pèse ${Math.ceil(bytes.length / 1024).toLocaleString('fr-CA')} Kio. Une fiche en compte au plus ${LARGEST_FILE / 1024}.`,
    );
  if (text === undefined)
    return refused(
      'Ce fichier n’est pas un texte en UTF-8.',
      'Enregistrez-le de nouveau avec l’encodage UTF-8.',
    );
  if (text.trim() === '') return refused('Ce fichier est vide.');
  try {
    const data = fileName.toLowerCase().endsWith('.json') ? readJson(text) : readYaml(text);
    return { kind: 'read', document: { data, placeOf: lines(text) } };
  } catch (error) {
    if (error instanceof YAMLException) return fromYaml(error);
    if (error instanceof SyntaxError)
      return refused('Ce fichier JSON est mal formé.', undefined, jsonLine(error, text));
    throw error;
  }
}

/** What another program than a text editor writes: a PDF, a picture, a workbook of another sort. */
const OTHER_SORT = /\.(?!ya?ml$|json$|txt$)[a-z]\w*$/i;
const OTHER_WORKBOOK = /\.(?:xls|xlsm|xlsb|ods|numbers)$/i;

const notFiche = (fileName: string): Reading =>
  refused(
    'Ce fichier n’est pas une fiche : une fiche est un classeur .xlsx, ou un fichier .yaml ou .json.',
    OTHER_WORKBOOK.test(fileName) ? 'Enregistrez ce classeur sous la forme .xlsx.' : undefined,
  );

function refused(sentence: string, correction?: string, line?: number): Reading {
  return {
    kind: 'refused',
    problem: { path: '', sentence, ...(line ? { line } : {}), ...(correction ? { correction } : {}) },
  };
}

/** The text of UTF-8 bytes, composed and without its mark; undefined for any other encoding and for control characters. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /[\p{Cc}--[\t\n\r\u0085]]/v.test(text) ? undefined : text.normalize('NFC');
  } catch {
    return undefined;
  }
}

/** « 0x10 », « 0o17 » and « .inf » are numbers of machines; in « 1.000 » a point may part thousands: nobody's number is guessed. */
const DOUBTFUL = /^[-+]?(?:0[xo]|\d{1,3}\.\d{3}$|\.[a-z])/i;

/** Numbers as people write them; what is doubtful stays a text, to be refused as it was written. */
const doubtless = (tag: ScalarTagDefinition<number>): ScalarTagDefinition<number> => ({
  ...tag,
  resolve: (source, ...more) => (DOUBTFUL.test(source) ? NOT_RESOLVED : tag.resolve(source, ...more)),
});

const SCHEMA = CORE_SCHEMA.withTags(doubtless(intCoreTag), doubtless(floatCoreTag));
const readYaml = (text: string): unknown => load(text, { schema: SCHEMA, maxAliases: 0 });

/** JSON is YAML, and YAML's reader alone refuses a key written twice. Its numbers can be read in one way only. */
function readJson(text: string): unknown {
  JSON.parse(text);
  return load(text, { schema: CORE_SCHEMA, maxAliases: 0 });
}

const REASONS: readonly [RegExp, string][] = [
  [/maxAliases/, 'Les renvois YAML (& et *) ne sont pas permis : écrivez chaque valeur en entier.'],
  [/unknown \w* ?tag/, 'Les étiquettes YAML (« ! ») ne sont pas permises.'],
  [/maxDepth/, 'Ce fichier a trop de niveaux imbriqués.'],
  [/duplicated mapping key/, 'Cette clé est écrite deux fois.'],
  [/single document/, 'Ce fichier contient plusieurs documents : une fiche par fichier.'],
  [/non-printable/, 'Ce fichier contient un caractère invisible, qu’aucun texte ne peut contenir.'],
  [/\btab\b/, 'Une tabulation sert de retrait : utilisez des espaces.'],
  [
    /quoted scalar|deficient indentation/,
    'Un guillemet n’est pas fermé, ou le retrait de la ligne suivante manque.',
  ],
];

function fromYaml({ reason, mark }: YAMLException): Reading {
  const sentence = REASONS.find(([pattern]) => pattern.test(reason))?.[1];
  return refused(
    sentence ??
      'Ce fichier n’est pas du YAML bien formé : vérifiez le retrait et les deux-points de cette ligne.',
    undefined,
    mark && mark.line + 1,
  );
}

function jsonLine(error: SyntaxError, text: string): number | undefined {
  const position = /position (\d+)/.exec(error.message)?.[1];
  return position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length;
}

/** Where values stand. The text is parsed a second time, with positions, only when somebody asks. */
function lines(text: string): Document['placeOf'] {
  let parsed: { root: Node | null; counter: LineCounter } | undefined;
  return (path) => {
    if (!parsed) {
      const counter = new LineCounter();
      parsed = { root: parseDocument(text, { lineCounter: counter, uniqueKeys: false }).contents, counter };
    }
    const { root, counter } = parsed;
    const start = offsetOf(root, path);
    return start === undefined ? undefined : { line: counter.linePos(start).line };
  };
}

function offsetOf(root: Node | null, path: Path): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      const item = node.items[part] as Node | undefined;
      if (!item) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset;
}
