import fc from 'fast-check';
import { z } from 'zod';
import { FORM_KEY } from '../../../src/core/routing/effect.ts';

export type Data = Readonly<Record<string, unknown>>;
/** The ids that were seen in buttons, by the names under which they are sent. */
export type Pool = ReadonlyMap<string, readonly string[]>;

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
/** Whether what a button sends names an object; the key of its form names none. */
export const namesObject = (data: object): boolean =>
  Object.entries(data).some(([key, value]) => key !== FORM_KEY && ID.test(String(value)));

/** A value in the place of another, by what it is: an id of something else, a number beside it, another word. */
function instead(key: string, value: unknown, pool: Pool): fc.Arbitrary<unknown> {
  const odd = fc.constantFrom<unknown>(
    null,
    [],
    {},
    true,
    '',
    '\0',
    [value],
    { [key]: value },
    ` ${String(value)} `,
  );
  const ids = [...(pool.get(key) ?? []), ...[...pool.values()].flat()];
  if (ID.test(String(value)))
    return fc.oneof(fc.constantFrom(...ids, String(value).toUpperCase()), fc.uuid(), odd);
  if (typeof value === 'number') return fc.oneof(fc.constantFrom(value + 1, value - 1, 0, -1, 2 ** 40), odd);
  return fc.oneof(fc.constantFrom('autre', 'x'.repeat(5_000), '1', '2026-02-30'), odd);
}

/** What somebody would send who tries what is behind a button: its data with a key changed, dropped or added. */
export function mutated(data: Data, input: z.ZodType, pool: Pool): fc.Arbitrary<Data> {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  const keys = [...new Set([...Object.keys(schema.properties ?? {}), ...Object.keys(data)])];
  const changed = fc
    .constantFrom(...keys, 'role', 'tenantId')
    .chain((key) => instead(key, data[key], pool).map((value) => ({ ...data, [key]: value })));
  const dropped = fc
    .constantFrom(...Object.keys(data))
    .map((key) => Object.fromEntries(Object.entries(data).filter(([each]) => each !== key)));
  return fc.oneof({ weight: 4, arbitrary: changed }, dropped);
}
