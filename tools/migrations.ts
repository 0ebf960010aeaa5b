import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { generateDrizzleJson } from 'drizzle-kit/api';
import config from '../drizzle.config.ts';

// Whether the tables of the code are those of the newest migration. Nothing is written, no database is needed.

const ROOT = join(import.meta.dirname, '..');

type Part = Readonly<Record<string, unknown>>;

/** What a snapshot says of the schema, beside its own identity. */
const PARTS = ['tables', 'enums', 'schemas', 'sequences', 'roles', 'policies', 'views'] as const;

function lastSnapshot(): Part {
  const meta = join(ROOT, config.out ?? '', 'meta');
  const last = readdirSync(meta)
    .filter((file) => file.endsWith('_snapshot.json'))
    .sort()
    .at(-1);
  if (!last) throw new Error(`no snapshot in ${meta}`);
  return JSON.parse(readFileSync(join(meta, last), 'utf8'));
}

async function schemaOfCode(): Promise<Part> {
  const files = globSync([config.schema ?? []].flat(), { cwd: ROOT });
  const modules = await Promise.all(files.map((file) => import(join(ROOT, file))));
  // Two features may use the same name for what they export.
  const exported = modules.flatMap((module, n) =>
    Object.entries(module).map(([name, value]) => [`${n}.${name}`, value] as const),
  );
  return JSON.parse(JSON.stringify(generateDrizzleJson(Object.fromEntries(exported))));
}

const [before, after] = [lastSnapshot(), await schemaOfCode()];
const changed = PARTS.flatMap((part) => {
  const [old, now] = [before[part] ?? {}, after[part] ?? {}] as [Part, Part];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => !isDeepStrictEqual(old[name], now[name]),
  );
});
if (changed.length > 0) {
  const names = changed.map((name) => name.replace(/^public\./, '')).sort();
  process.stderr.write(
    `No migration does what the code says of ${names.join(', ')}: run \`npm run migrations\`.\n`,
  );
  process.exit(1);
}
