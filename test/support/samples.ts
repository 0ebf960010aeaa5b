import { z } from 'zod';

/** A word that is in no text of ours, nor of anybody else's. */
export const CANARY = 'zibelinotte';

type Json = { readonly [key: string]: unknown };

/** What a pattern or a format may want that the word is not. */
const OTHERS = [
  '2026-12-01',
  '10:00',
  '9 600,00 $',
  '1',
  '00000000-0000-4000-8000-000000000000',
  'courriel',
  'a@b.example',
];

/** What a form sends when each of its fields is filled, with the word wherever a person types; `known` by field. */
export const sampleOf = (schema: z.ZodType, known: Json = {}): unknown =>
  sample(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json, known, '');

function sample(schema: Json, known: Json, name: string): unknown {
  if (name in known) return known[name];
  const branches = (schema.anyOf ?? schema.oneOf) as readonly Json[] | undefined;
  if (branches) return sample(branches.find(({ type }) => type !== 'null') ?? {}, known, name);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema.properties ?? {}) as Record<string, Json>).map(([key, inner]) => [
          key,
          sample(inner, known, key),
        ]),
      );
    case 'array':
      return [sample((schema.items ?? {}) as Json, known, '')];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return Math.max(Number(schema.minimum ?? 1), 1);
    default:
      return words(schema);
  }
}

function words({ pattern, format, maxLength }: Json): string {
  const word = CANARY.slice(0, Number(maxLength ?? 1_000));
  const fits = new RegExp(typeof pattern === 'string' ? pattern : '', 'u');
  if (fits.test(word) && format === undefined) return word;
  return OTHERS.find((other) => fits.test(other)) ?? word;
}
