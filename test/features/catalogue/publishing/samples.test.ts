import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../../src/core/id.ts';
import { requestFact } from '../../../../src/features/acquisitions/index.ts';
import { catalogue as feature } from '../../../../src/features/catalogue/index.ts';
import { aContract } from '../../../support/contracts.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { priced } from '../../../support/fiches.ts';
import { colleagues, met, staffed } from '../../../support/organization.ts';
import { admin, alex, diane, nadia, samuel } from '../../../support/people.ts';
import { need } from '../../../support/pricing.ts';
import { traces } from '../../../support/together.ts';

const teams = fakeTeams();
let file: string;

const publish = (origin: 'sample' | 'command', ...fiches: ReturnType<typeof priced>[]) =>
  teams.services.catalogue.publication.publish(fiches, origin);
const asked = async () => teams.mustClick(admin, await teams.asks(admin, 'fiches'), 'Retirer les exemples…');
const removes = async () => teams.mustPress(admin, 'catalogue.removeSamples');
const suppliers = async () =>
  (await teams.services.catalogue.current()).fiches.map(({ supplier }) => supplier.id).sort();

beforeEach(async () => {
  await colleagues(teams, [alex, nadia]);
  await met(teams, alex, nadia, samuel, diane, admin);
  await staffed(teams, diane);
  await publish('sample', priced('airelle', '4.00'), priced('bleuet', '5.00'));
  await publish('command', priced('cassis', '6.00'));
  const { files, needs } = teams.services;
  file = (await files.create(alex, 'Courriel du ministère', newId())).id;
  await needs.setEligibility(alex, file, { kind: 'lcop4', bound: 'yes' });
  const request = { durationMonths: 12, needs: [need('courriel', 100)] };
  await teams.db.transaction((tx) => files.writeFact(tx, file, requestFact, request));
});

describe('the examples of the catalogue', () => {
  test('leave in one press, after it was said what goes, what rests on it and what stays', async () => {
    await teams.mustPress(alex, 'scenarios.choose', { file, supplier: 'airelle' });
    await aContract(teams, {}, samuel);
    const card = await asked();
    expect(card.plain).toContain('2 fournisseurs fictifs et 2 offres quittent le catalogue');
    expect(card.plain).toContain('airelle inc., bleuet inc.');
    expect(card.plain).toContain('1 dossier ouvert et 1 contrat en cours');
    expect(card.plain).toContain('Les vraies fiches restent : 1 fournisseur.');
    const done = await teams.mustClick(admin, card, 'Retirer 2 exemples');
    expect(done.plain).toContain('les exemples de 2 fournisseurs sont retirés');
    expect(await suppliers()).toEqual(['cassis']);
    const list = await teams.asks(admin, 'fiches');
    expect(list.plain).toContain('1 fournisseur');
    expect(list.plain).not.toContain('fictifs');
    expect(list.buttons.map(({ title }) => title)).not.toContain('Retirer les exemples…');
  });

  test('that a file had chosen are said in it to be no longer in the catalogue', async () => {
    await teams.mustPress(alex, 'scenarios.choose', { file, supplier: 'airelle' });
    await removes();
    const choice = await teams.mustPress(alex, 'scenarios.choice', { file });
    expect(choice.plain).toContain('airelle inc. n’est plus au Catalogue.');
  });

  test('leave once, by two at once, and are written down once', async () => {
    await Promise.all([removes(), removes()]);
    expect((await removes()).plain).toContain('C’était déjà fait.');
    expect(await traces(teams, 'fiche.removeSamples')).toBe(1);
  });

  test('do not come back when the product starts again, even where nothing else is left', async () => {
    await removes();
    await feature.samples?.(teams.services);
    expect(await suppliers()).toEqual(['cassis']);
  });

  test('leave a supplier’s own fiche in force where it has one', async () => {
    await publish('command', priced('airelle', '4.00', { version: '2026-11-20' }));
    const card = await asked();
    expect(card.plain).toContain('1 fournisseur fictif et 1 offre');
    expect(card.plain).toContain('1 fournisseur parmi eux perd seulement des versions d’exemple.');
    await removes();
    expect(await suppliers()).toEqual(['airelle', 'cassis']);
    const history = await teams.services.catalogue.history('airelle');
    expect(history.map(({ version }) => version)).toEqual(['2026-11-20']);
  });

  test('were in force on the days before: what was sealed then is verified as it was', async () => {
    await removes();
    const before = await teams.services.catalogue.inForceOn('2026-11-20');
    expect(before.map(({ supplier }) => supplier.id)).toContain('airelle');
  });

  test('free no date: a fiche of the same day is refused with the reason', async () => {
    await removes();
    const [outcome] = await publish('command', priced('airelle', '4.00'));
    expect(JSON.stringify(outcome)).toContain('était un exemple, retiré du catalogue');
    const [another] = await publish('command', priced('airelle', '4.00', { version: '2026-11-20' }));
    expect(another?.kind).toBe('published');
    expect(await suppliers()).toEqual(['airelle', 'cassis']);
  });

  test('are for an administrator alone to remove', async () => {
    const { buttons } = await teams.asks(diane, 'fiches');
    expect(buttons.map(({ title }) => title)).not.toContain('Retirer les exemples…');
    await teams.refusedPress(diane, 'catalogue.samples', {});
    await teams.refusedPress(diane, 'catalogue.removeSamples', {});
    expect(await suppliers()).toEqual(['airelle', 'bleuet', 'cassis']);
  });
});
