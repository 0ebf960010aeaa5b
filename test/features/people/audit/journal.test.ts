import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../../src/core/root.ts';
import { actInWords } from '../../../../src/features/people/audit/rules/wording.ts';
import { aContract } from '../../../support/contracts.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { admin, alex, diane, nadia, staffRoom, strangers } from '../../../support/people.ts';

const teams = fakeTeams();
beforeEach(() => people(teams));

const opened = () => teams.asks(admin, 'journal');
const search = async (inputs: object) => teams.mustClick(admin, await opened(), 'Chercher', inputs);
/** Some acts of Alex, the oldest first. */
async function acted(...actions: readonly string[]): Promise<void> {
  for (const action of actions) {
    teams.clock.advance({ minutes: 1 });
    await teams.db.transaction((tx) => teams.services.audit.record(tx, alex, action, 'object'));
  }
}

describe('the journal', () => {
  test('is the administrators’: others find neither its command nor its button', async () => {
    await acted('contract.create');
    const { verb, data } = (await opened()).button('Chercher');
    for (const person of [alex, nadia, diane]) {
      await teams.says(person, 'journal');
      expect(teams.lastCard().plain).not.toContain('Alex Gagnon a noté');
      expect(await teams.refusedPress(person, verb ?? '', data)).toContain('introuvable');
    }
  });

  test('is read in the personal chat only', async () => {
    await teams.says(admin, 'journal', staffRoom);
    expect(teams.received(staffRoom, 'people/journal')).toEqual([]);
    expect(await teams.refusedPress(admin, 'people.journal', {}, staffRoom)).toContain(
      'conversation personnelle',
    );
  });

  test('says who did what to which object, the latest first, and none of their words', async () => {
    await aContract(teams, { title: 'Courriel secret' });
    const { plain } = await opened();
    expect(plain).toContain('Alex Gagnon a noté un contrat\n');
    expect(plain).toMatch(/2026.* · Contrat nº 1/);
    expect(plain).not.toContain('Courriel secret');
  });

  test('finds an object by its kind and number, and nothing else', async () => {
    for (const title of ['Un', 'Deux']) await aContract(teams, { title });
    const { plain } = await search({ kind: 'contract', object: '2' });
    expect(plain).toContain('Contrat nº 2');
    expect(plain).not.toContain('Contrat nº 1');
    expect((await search({ kind: 'contract', object: 'nº 99' })).plain).toContain('Aucune action');
  });

  test('finds an object by its id', async () => {
    const id = await aContract(teams);
    await acted('contract.amend');
    expect((await search({ object: id })).plain).toContain('1 action');
  });

  test('asks for the kind of a number', async () => {
    const word = await teams.refusedClick(admin, await opened(), 'Chercher', { object: '2' });
    expect(word).toContain('choisissez aussi un genre');
  });

  test('finds a person by a part of their name, accents and case aside, or by their id', async () => {
    await acted('contract.create');
    await aContract(teams, {}, nadia);
    for (const person of ['benali', 'NADIA', nadia.objectId]) {
      const { plain } = await search({ person });
      expect(plain).toContain('Nadia Benali a noté un contrat');
      expect(plain).not.toContain('Alex Gagnon a noté un contrat');
    }
    expect((await search({ person: 'personne de ce nom' })).plain).toContain('Aucune action');
  });

  test('finds all those of a name, however many they are', async () => {
    const namesakes = strangers(60).map((person) => ({ ...person, name: 'Marie Tremblay' }));
    for (const person of namesakes) {
      await teams.services.people.see(person);
      await teams.db.transaction((tx) =>
        teams.services.audit.record(tx, person, 'contract.create', 'object'),
      );
    }
    expect((await search({ person: 'marie tremblay' })).plain).toContain('60 actions');
  });

  test('finds somebody who had their data erased by their id, without a name', async () => {
    await acted('contract.create');
    await teams.services.privacy.erase(alex);
    const { plain } = await search({ person: alex.objectId, kind: 'contract' });
    expect(plain).toContain(`Une personne inconnue ou effacée (${alex.objectId}) a noté un contrat`);
    expect(plain).not.toContain('Alex Gagnon');
  });

  test('finds a period, its last day included', async () => {
    await acted('contract.create');
    const today = teams.clock.today().toString();
    teams.clock.advance({ days: 2 });
    await acted('contract.amend');
    expect((await search({ from: today, to: today, kind: 'contract' })).plain).toContain('a noté un contrat');
    expect((await search({ from: today, to: today, kind: 'contract' })).plain).not.toContain('avenant');
    const later = teams.clock.today().toString();
    expect((await search({ from: later, kind: 'contract' })).plain).not.toContain('a noté un contrat');
    const word = await teams.refusedClick(admin, await opened(), 'Chercher', { from: later, to: today });
    expect(word).toContain('avant son début');
  });

  test('goes from page to page with the same filters', async () => {
    await acted(...Array.from({ length: 10 }, () => 'contract.invoice'), 'comment.answer');
    const first = await search({ kind: 'contract' });
    expect(first.plain).toContain('Page 1 de 2');
    const second = await teams.mustClick(admin, first, 'Suivante');
    expect(second.plain).toContain('Page 2 de 2');
    expect(second.plain).toContain('a noté une facture');
    expect(second.plain).not.toContain('a répondu');
  });

  test('treats what is typed as text, whatever it is', async () => {
    await acted('contract.create');
    for (const inputs of [{ object: '%' }, { person: '%' }, { object: "' or 1=1 --" }, { kind: '_' }])
      expect((await search(inputs)).plain).toContain('Aucune action');
  });

  test('is read without being written', async () => {
    await search({ person: 'alex' });
    expect(await teams.services.audit.auditOf(admin)).not.toContainEqual(
      expect.objectContaining({ action: expect.stringContaining('journal') }),
    );
  });
});

test('every act that the code names reads in words', () => {
  const files = readdirSync(join(ROOT, 'src/features'), { recursive: true, encoding: 'utf8' });
  const named = files
    .filter((file) => /store.*\.ts$|screens.*\.ts$/.test(file))
    .flatMap((file) =>
      [
        ...readFileSync(join(ROOT, 'src/features', file), 'utf8').matchAll(
          /(?:audit\.)?(?:record|once)\(\s*(?:tx|its),[^;]*?['`]([a-zA-Z]+\.[a-zA-Z.]+)/g,
        ),
      ].map(([, action = '']) => action.replace(/\.$/, '')),
    );
  expect(named.length).toBeGreaterThan(20);
  const trails = teams.services.house.trails();
  const events = named.filter(
    (action) => action.includes('.') && actInWords(action, trails).startsWith('a agi'),
  );
  expect(
    events.map((action) => `${action}: say it in words in \`trails\` of the manifest that writes it`),
  ).toEqual([]);
});
