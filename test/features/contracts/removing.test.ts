import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../src/core/id.ts';
import { aContract, CONTRACT, TERMINATION } from '../../support/contracts.ts';
import { audited } from '../../support/drawn.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, people } from '../../support/kickoff.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, nadia, samuel } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';

const teams = fakeTeams();
let contract: string;
beforeEach(async () => {
  await people(teams);
  contract = await aContract(teams);
});

const REMOVE = 'Oui, retirer ce contrat';
const opened = (person = alex, id = contract) => teams.mustPress(person, 'contracts.open', { contract: id });
const all = () => countOf(teams, sql`contracts`);

describe('a contract that was noted by mistake', () => {
  test('is taken away by whoever sees it, with its followers and what was said of it; the gesture is kept', async () => {
    await teams.mustPress(nadia, 'contracts.follow', { contract });
    await teams.mustPress(alex, 'contracts.consent', { contract, contact: 'alex@example.com' });
    const card = await teams.mustClick(nadia, await opened(nadia), REMOVE);
    expect(card.template).toBe('contracts/list');
    expect(card.plain).toContain('Le contrat noté par erreur est retiré');
    await teams.runJobs();
    expect(await all()).toBe(0);
    expect(await countOf(teams, sql`contract_followers`)).toBe(0);
    expect(await audited(teams, 'contract.drop')).toHaveLength(1);
    expect(await teams.services.contracts.remindedOf(alex)).toEqual([]);
  });

  test('of a file leaves the file without a contract: another one is noted for it', async () => {
    const file = await aFile(teams);
    const ofFile = { ...CONTRACT, file, ofFile: 'true', sure: 'yes' };
    await teams.mustPress(alex, 'contracts.create', ofFile);
    const { id } = (await teams.services.contracts.ofFile(file)) ?? { id: '' };
    expect((await teams.services.files.conclusion('contract', file)).noted).toBe(true);
    await teams.mustClick(alex, await opened(alex, id), REMOVE);
    expect((await teams.services.files.conclusion('contract', file)).noted).toBe(false);
    await teams.mustPress(alex, 'contracts.create', { ...ofFile, title: 'Le bon' });
    expect((await teams.services.contracts.ofFile(file))?.title).toBe('Le bon');
  });

  test('stays once something rests on it: the card says what to do, from an old card too', async () => {
    const old = await opened();
    await teams.services.contracts.addInvoice(
      alex,
      contract,
      { paidOn: '2026-11-21', amount: 10_000, note: '' },
      newId(),
    );
    expect(await teams.refusedClick(alex, old, REMOVE)).toContain('Ce contrat a déjà servi');
    expect(await all()).toBe(1);
  });

  test('that is terminated, or of which a duty was done, offers it no more', async () => {
    await teams.mustPress(alex, 'contracts.terminate', { contract, ...TERMINATION });
    expect((await opened()).offers(REMOVE)).toBe(false);
  });

  test('that somebody corrected meanwhile is shown again first', async () => {
    const old = await opened();
    const form = await teams.mustPress(nadia, 'contracts.correction', { contract });
    await teams.mustClick(nadia, form, 'Enregistrer la correction', { ...CONTRACT, title: 'Le vrai' });
    const shown = await teams.mustClick(alex, old, REMOVE);
    expect(shown.plain).toContain('rien n’est retiré');
    expect(await all()).toBe(1);
  });

  test('and removed already, is told to be: by whoever removed it, or by a colleague, with the day and hour', async () => {
    const [mine, theirs] = [await opened(alex), await opened(nadia)];
    await teams.mustClick(nadia, theirs, REMOVE);
    const again = await teams.mustClick(nadia, theirs, REMOVE);
    expect(again.template).toBe('contracts/list');
    expect(again.plain).toMatch(/Vous avez déjà retiré ce contrat, le 23 novembre 2026 à \d+ h/);
    const shown = await teams.mustClick(alex, mine, REMOVE);
    expect(shown.template).toBe('contracts/list');
    expect(shown.plain).toMatch(
      /Nadia Benali a déjà retiré ce contrat, noté par erreur, le 23 novembre 2026 à \d+ h/,
    );
    expect(await audited(teams, 'contract.drop')).toHaveLength(1);
  });

  test('and removed already, says nothing to another body, nor to a colleague who left', async () => {
    const { data = {} } = (await opened()).button(REMOVE);
    await teams.mustPress(nadia, 'contracts.dropContract', data);
    expect(await teams.refusedPress(samuel, 'contracts.dropContract', data)).toContain('introuvable');
    await teams.db.execute(sql`delete from memberships where object_id = ${alex.objectId}`);
    expect(await teams.refusedPress(alex, 'contracts.dropContract', data)).toContain('introuvable');
    const never = { contract: newId(), revision: 1 };
    expect(await teams.refusedPress(nadia, 'contracts.dropContract', never)).toContain('introuvable');
  });

  test('of nobody’s body and removed already, says nothing to a colleague of today', async () => {
    const own = await aContract(teams, {}, samuel);
    const data = { contract: own, revision: 1 };
    await teams.mustPress(samuel, 'contracts.dropContract', data);
    await colleagues(teams, [samuel]);
    expect((await teams.mustPress(samuel, 'contracts.dropContract', data)).plain).toContain(
      'Vous avez déjà retiré ce contrat',
    );
    expect(await teams.refusedPress(nadia, 'contracts.dropContract', data)).toContain('introuvable');
  });

  test('by somebody whose name is gone, says that it is removed without a name', async () => {
    const [mine, theirs] = [await opened(alex), await opened(nadia)];
    await teams.mustClick(nadia, theirs, REMOVE);
    await teams.services.privacy.erase(nadia, newId());
    expect((await teams.mustClick(alex, mine, REMOVE)).plain).toContain(
      'Une personne partie a déjà retiré ce contrat',
    );
  });

  test('is not there for another body', async () => {
    const { data } = (await opened()).button(REMOVE);
    expect(await teams.refusedPress(samuel, 'contracts.dropContract', data ?? {})).toContain('introuvable');
    expect(await all()).toBe(1);
  });
});
