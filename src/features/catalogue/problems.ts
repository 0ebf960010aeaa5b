import type { z } from 'zod';
import { editDistance } from '../../core/edit-distance.ts';
import { writtenPath } from '../../core/path.ts';
import { fold } from '../../core/text.ts';
import { ficheJsonSchema } from './fiche.ts';

/** One thing to correct in a fiche: where, what, and what to write instead when that can be told. */
export interface Problem {
  /** « offers[0].tiers[1].unitPricePerMonth »; empty for the file as a whole. */
  readonly path: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly sentence: string;
  readonly correction?: string;
}

export type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** French words that people write for the format's own. */
const MEANT: Record<string, string> = {
  mensuel: 'monthly',
  mensuelle: 'monthly',
  annuel: 'annual',
  annuelle: 'annual',
  'a la signature': 'upfront',
  'a l avance': 'upfront',
  qualifie: 'qualified',
  qualifiee: 'qualified',
  'en analyse': 'under-review',
  retire: 'withdrawn',
  retiree: 'withdrawn',
  technique: 'technical',
  ventes: 'commercial',
  oui: 'true',
  quebec: 'QC',
  ontario: 'ON',
  non: 'false',
  yes: 'true',
  no: 'false',
};

/** The problems that a schema's issues stand for, in French. `data` is the document as it was read. */
export function problemsOf(issues: readonly Issue[], data: unknown): Problem[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(issue.path, key))
      : [problemOf(issue, data)],
  );
}

function unknownKey(path: Path, key: string): Problem {
  const known = keysAt(path);
  const near = nearest(key, known);
  return {
    path: writtenPath([...path, key]),
    sentence: `La clé « ${key} » est inconnue.`,
    ...(near
      ? { correction: `Écrivez « ${near} ».` }
      : { correction: `Les clés permises ici : ${known.join(', ')}.` }),
  };
}

function problemOf(issue: Issue, data: unknown): Problem {
  const value = valueAt(data, issue.path);
  const path = writtenPath(issue.path);
  const problem = (sentence: string, correction?: string): Problem => ({
    path,
    sentence,
    ...(correction ? { correction } : {}),
  });
  const ours = issue.message.endsWith('.') ? issue.message : undefined;
  if (value === undefined)
    return problem(`La clé « ${String(issue.path.at(-1))} » manque.`, ours && `${ours}`);
  const suggestion = suggest(issue, value);
  const correction = suggestion && `Écrivez ${suggestion}.`;
  if (ours) return problem(ours, correction);
  switch (issue.code) {
    case 'invalid_type':
      return problem(wrongType(issue.expected, value), correction);
    case 'invalid_value':
      return problem(
        typeof value === 'object'
          ? `On attend une des valeurs permises, et on lit ${described(value)}.`
          : `${described(value)} n'est pas permis ici.`,
        correction ?? `Les valeurs permises : ${issue.values.join(', ')}.`,
      );
    case 'too_small':
      return problem(
        issue.origin === 'array'
          ? `Cette liste compte au moins ${issue.minimum} élément.`
          : `La valeur minimale est ${issue.minimum}.`,
      );
    case 'too_big':
      return problem(
        issue.origin === 'array'
          ? `Cette liste compte au plus ${issue.maximum} éléments.`
          : issue.origin === 'string'
            ? `Ce texte compte au plus ${issue.maximum} caractères.`
            : `La valeur maximale est ${issue.maximum}.`,
      );
    default:
      return problem('Cette valeur ne convient pas.');
  }
}

const TYPES: Record<string, string> = {
  string: 'un texte entre guillemets',
  int: 'un nombre entier, sans guillemets',
  number: 'un nombre, sans guillemets',
  boolean: '« true » ou « false », sans guillemets',
  array: 'une liste',
  object: 'un groupe de clés',
};

const wrongType = (expected: string, value: unknown): string =>
  `On attend ${TYPES[expected] ?? 'une autre valeur'}, et on lit ${described(value)}.`;

function described(value: unknown): string {
  if (Array.isArray(value)) return 'une liste';
  if (value === null) return 'rien';
  if (typeof value === 'object') return 'un groupe de clés';
  return `« ${String(value).replace(/\s+/g, ' ').slice(0, 60)} »`;
}

/** What was probably meant, as it should be written; undefined when it cannot be told. */
function suggest(issue: Issue, value: unknown): string | undefined {
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    const known = issue.values.map(String);
    const meant =
      MEANT[
        fold(value)
          .replace(/[^a-z]+/g, ' ')
          .trim()
      ];
    const near = meant && known.includes(meant) ? meant : nearest(value, known);
    return near && `« ${near} »`;
  }
  if (issue.code === 'invalid_type') {
    if (issue.expected === 'string' && typeof value === 'number')
      return suggestFormat(issue, String(value)) ?? `"${value}"`;
    if (issue.expected === 'boolean' && typeof value === 'string') {
      const meant = MEANT[fold(value)] ?? fold(value);
      return ['true', 'false'].includes(meant) ? `${meant}, sans guillemets` : undefined;
    }
    if (['int', 'number'].includes(issue.expected) && typeof value === 'string' && /^\d+$/.test(value))
      return `${Number(value)}, sans guillemets`;
  }
  if (issue.code === 'invalid_format' && typeof value === 'string') return suggestFormat(issue, value);
  return undefined;
}

function suggestFormat(issue: Issue, value: string): string | undefined {
  const field = String(issue.path.at(-1));
  const number = value.replace(/[\s\u00a0$%]/g, '').replace(',', '.');
  if (/^(?:unitPricePerMonth|entryFee|exitFee)$/.test(field) && /^\d+(?:\.\d+)?$/.test(number))
    return `"${Number(number).toFixed(2)}"`;
  if (/^(?:availability|indexation)$/.test(field) && /^-?\d{1,3}(?:\.\d{1,4})?$/.test(number))
    return `"${number}"`;
  const date = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(value);
  if (date) return `« ${date[1]}-${date[2]?.padStart(2, '0')}-${date[3]?.padStart(2, '0')} »`;
  const region = MEANT[fold(value)];
  if (field === 'region' && region) return `« ${region} »`;
  const slug = fold(value)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (issue.message.startsWith('Un identifiant') && slug) return `« ${slug} »`;
  return undefined;
}

function nearest(word: string, known: readonly string[]): string | undefined {
  const folded = fold(word);
  const limit = Math.max(1, Math.floor(folded.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: editDistance(folded, fold(candidate), limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      value !== null && typeof value === 'object' && Object.hasOwn(value, part)
        ? (value as Record<PropertyKey, unknown>)[part]
        : undefined,
    data,
  );
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

function keysAt(path: Path): string[] {
  const found = path.reduce<JsonSchema | undefined>(
    (schema, part) => (typeof part === 'number' ? schema?.items : schema?.properties?.[String(part)]),
    ficheJsonSchema() as JsonSchema,
  );
  return Object.keys(found?.properties ?? {});
}
