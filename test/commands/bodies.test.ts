import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courtier } from '../support/courtier.ts';
import { seed } from '../support/database.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-organismes-'));
  await seed(join(folder, 'base'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
