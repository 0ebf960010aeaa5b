import type { z } from 'zod';
import { writtenPath } from '../../../../core/text/path.ts';
import { ficheJsonSchema } from './fiche.ts';
import { nearest, suggest } from './suggestions.ts';

/** One thing to correct in a fiche: where, what, and what to write instead when that can be told. */
export interface Problem {
  /** « offers[0].tiers[1].unitPricePerMonth »; empty for the file as a whole. */
  readonly path: string;
  /** Counted from 1. */
  readonly line?: number;
  /** In a workbook, « Offres!C4 ». */
  readonly cell?: string;
  readonly sentence: string;
  readonly correction?: string;
}

export type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

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

/** A number whose decimals YAML took for a key of their own, in « { unitPricePerMonth: 4,50 } ». Of « 4,05 » the zero is lost: one digit may be either. */
function withDecimals(data: unknown, path: Path, value: unknown): unknown {
  const parent = valueAt(data, path.slice(0, -1));
  if (typeof value !== 'number' || typeof parent !== 'object' || parent === null) return value;
  const [decimals, ...others] = Object.entries(parent).filter(
    ([key, none]) => none === null && /^\d{1,4}$/.test(key),
  );
  if (!decimals) return value;
  const [digits] = decimals;
  return digits.length === 1 || others.length > 0 ? undefined : `${value},${digits}`;
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
  const suggestion = suggest(issue, withDecimals(data, issue.path, value));
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

let schemaOfFiche: JsonSchema | undefined;

function keysAt(path: Path): string[] {
  schemaOfFiche ??= ficheJsonSchema() as JsonSchema;
  const found = path.reduce<JsonSchema | undefined>(
    (schema, part) => (typeof part === 'number' ? schema?.items : schema?.properties?.[String(part)]),
    schemaOfFiche,
  );
  return Object.keys(found?.properties ?? {});
}
