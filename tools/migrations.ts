import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import config from '../drizzle.config.ts';

// Whether the tables of the code are those of the newest migration; with a name, writes the migration that is missing:
// `node tools/migrations.ts [NAME]`. No database is needed. (drizzle-kit's own command reads the code as CommonJS.)

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, config.out ?? '');
const JOURNAL = join(OUT, 'meta/_journal.json');

type Part = Readonly<Record<string, unknown>>;
type Snapshot = ReturnType<typeof generateDrizzleJson>;

/** What a snapshot says of the schema, beside its own identity. */
const PARTS = ['tables', 'enums', 'schemas', 'sequences', 'roles', 'policies', 'views'] as const;

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const writeJson = (file: string, value: unknown) =>
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
const snapshotFile = (n: number): string => join(OUT, `meta/${String(n).padStart(4, '0')}_snapshot.json`);

async function schemaOfCode(previous: string): Promise<Snapshot> {
  const files = globSync([config.schema ?? []].flat(), { cwd: ROOT });
  const modules = await Promise.all(files.map((file) => import(join(ROOT, file))));
  // Two features may use the same name for what they export.
  const exported = modules.flatMap((module, n) =>
    Object.entries(module).map(([name, value]) => [`${n}.${name}`, value] as const),
  );
  return JSON.parse(JSON.stringify(generateDrizzleJson(Object.fromEntries(exported), previous)));
}

function differences(before: Snapshot, after: Snapshot): string[] {
  const changed = PARTS.flatMap((part) => {
    const [old, now] = [before[part] ?? {}, after[part] ?? {}] as [Part, Part];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
      (name) => !isDeepStrictEqual(old[name], now[name]),
    );
  });
  return changed.map((name) => name.replace(/^public\./, '')).sort();
}

/** Writes the next migration: its statements, the schema after it, its place in the journal. */
async function write(name: string, before: Snapshot, after: Snapshot): Promise<string> {
  const journal = readJson(JOURNAL);
  const idx: number = journal.entries.length;
  const tag = `${String(idx).padStart(4, '0')}_${name}`;
  const statements = await generateMigration(before, after);
  writeFileSync(
    join(OUT, `${tag}.sql`),
    `${statements.map((each) => each.trim()).join('\n--> statement-breakpoint\n')}\n`,
  );
  writeJson(snapshotFile(idx), after);
  journal.entries.push({ idx, version: journal.version, when: Date.now(), tag, breakpoints: true });
  writeJson(JOURNAL, journal);
  return `${tag}.sql`;
}

const [name] = process.argv.slice(2);
const before: Snapshot = readJson(snapshotFile(readJson(JOURNAL).entries.length - 1));
const after = await schemaOfCode(before.id);
const changed = differences(before, after);
if (name && !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write('A migration is named in small letters: `npm run migrations -- a_few_words`.\n');
  process.exitCode = 1;
} else if (name && changed.length === 0)
  process.stdout.write('The tables are those of the newest migration.\n');
else if (name) process.stdout.write(`${await write(name, before, after)}: ${changed.join(', ')}\n`);
else if (changed.length > 0) {
  process.stderr.write(
    `No migration does what the code says of ${changed.join(', ')}: run \`npm run migrations -- a_few_words\`.\n`,
  );
  process.exitCode = 1;
}
