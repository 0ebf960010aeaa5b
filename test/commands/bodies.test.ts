import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import { openStorage, type Storage } from '../../src/edges/storage/index.ts';
import { courtier } from '../support/courtier.ts';
import { seed } from '../support/database.ts';
import { alex } from '../support/people.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-organismes-'));
  await seed(join(folder, 'base'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a database in the test's data directory says, once a person of a tenant waits there. */
async function based<T>(work: (db: Storage['db']) => Promise<T>): Promise<T> {
  const storage = await openStorage(readConfig({ DATA_DIR: join(folder, 'base') }), pino({ enabled: false }));
  try {
    return await work(storage.db);
  } finally {
    await storage.close();
  }
}

/** The command on the test's data directory. */
const imports = (...args: readonly string[]) =>
  courtier(['organismes', 'import', ...args], {
    env: { HOME: folder, DATA_DIR: join(folder, 'base') },
    cwd: folder,
  });

function written(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

test('a register is checked, then written when that is said, and the second time it changes nothing', async () => {
  const path = written('organismes.csv', 'Nom,Autres noms', 'Ville de Matane,VDM');
  const checked = await imports(path);
  expect(checked).toMatchObject({ code: 0 });
  expect(checked.out).toContain('Rien n’est écrit : ajoutez --confirmer');
  expect((await imports(path, '--confirmer')).out).toContain('Le registre est écrit.');
  const again = await imports(path, '--confirmer', '--json');
  expect(JSON.parse(again.out)).toMatchObject({ written: false, added: 0, same: 1 });
});

test('a register with something to correct says each cell, and writes nothing', async () => {
  const path = written('faux.csv', 'Nom,Genre', 'Ville de Gaspé,communal');
  const { code, out, err } = await imports(path, '--confirmer');
  expect(code).toBe(1);
  expect(out).toContain('B2 : « communal »');
  expect(err).toContain('Rien n’est écrit.');
});

test('a register that maps a tenant confirms those of it who wait, tells them, and is written in the journal', async () => {
  const { tenantId, objectId } = alex;
  await imports(written('avant.csv', 'Nom', 'Ville de Percé'), '--confirmer');
  await based(async (db) => {
    await db.execute(sql`insert into people (tenant_id, object_id, name, first_seen, last_seen)
      values (${tenantId}, ${objectId}, 'Alex Gagnon', now(), now())`);
    await db.execute(sql`insert into memberships (id, tenant_id, object_id, organization_id, state, requested_at)
      select gen_random_uuid(), ${tenantId}, ${objectId}, id, 'pending', now()
      from organizations where name = 'Ville de Percé'`);
  });
  const path = written('locataires.csv', 'Nom,Locataires', `Ville de Percé,${tenantId}`);
  const { out } = await imports(path, '--confirmer');
  expect(out).toContain('1 personne qui attendait est confirmée, et prévenue.');
  const found = await based((db) =>
    db.execute(sql`select
      (select state from memberships where object_id = ${objectId}) as state,
      (select count(*)::int from deliveries where kind = 'people.decision' and object_id = ${objectId}) as told,
      (select object from audit where action = 'register.terminal' order by id desc limit 1) as kept`),
  );
  expect((found as { readonly rows: unknown }).rows).toEqual([
    {
      state: 'confirmed',
      told: 1,
      kept: expect.stringMatching(/:completed=1:tenants=1:confirmed=1$/),
    },
  ]);
});
