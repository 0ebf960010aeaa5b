import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../../src/core/id.ts';
import { aContract } from '../../../support/contracts.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { anOffer, aSupplier, flat, priced } from '../../../support/fiches.ts';
import { giveRole } from '../../../support/organization.ts';
import { alex, diane, nadia, samuel, staffRoom } from '../../../support/people.ts';
import { fileOnFiches, soon as relyingSoon } from '../../../support/relying.ts';

const teams = fakeTeams();
let file: string;
const SUSPENDED = { offer: 'all', kind: 'suspended', reason: 'Pannes répétées.' };

const measures = (supplier = 'airelle', person = diane) =>
  teams.mustPress(person, 'catalogue.measures', { supplier, page: 1 });
const decides = async (typed: object = SUSPENDED, supplier = 'airelle') =>
  teams.mustClick(diane, await measures(supplier), 'Décider', { ...typed });
const soon = (minutes?: number) => relyingSoon(teams, minutes);
const relied = (person = alex) => teams.received(person, 'catalogue/relied');
const offered = async () =>
  (await teams.services.catalogue.current()).offers.map(({ offer }) => offer.id).sort();
const shown = (verb: string, data: object = {}) => teams.mustPress(alex, verb, { file, ...data });
const choose = (supplier: string) => shown('scenarios.choose', { supplier });

beforeEach(async () => {
  file = await fileOnFiches(teams);
});

describe('a supplier that is suspended', () => {
  test('from its versions, with a reason, is no longer proposed, and its card says since when', async () => {
    const versions = await teams.mustPress(diane, 'catalogue.versions', { supplier: 'airelle', page: 1 });
    const form = await teams.mustClick(diane, versions, 'Suspendre ou retirer…');
    const done = await teams.mustClick(diane, form, 'Décider', SUSPENDED);
    expect(done.plain).toContain(
      'Toutes les offres d’airelle inc. : suspendues depuis le 23 novembre 2026. Pannes répétées.',
    );
    expect(await offered()).toEqual(['bleuet-courriel']);
    const offer = await teams.mustPress(samuel, 'catalogue.offer', { offer: 'airelle-courriel' });
    expect(offer.plain).toContain('Suspendue depuis le 23 novembre 2026');
    const supplier = await teams.mustPress(samuel, 'catalogue.supplier', { supplier: 'airelle', page: 1 });
    expect(supplier.plain).toContain('Suspendue depuis le 23 novembre 2026');
    expect((await teams.asks(diane, 'fiches')).plain).toContain('suspendu depuis le 23 novembre 2026');
  });

  test('is in no comparison and no list of a file, which say why; it cannot be chosen', async () => {
    await decides();
    expect((await shown('scenarios.compare', { page: 1 })).plain).not.toContain('1 · airelle');
    const list = await shown('scenarios.shortlist', { page: 1 });
    expect(list.plain).toContain('le Courtier l’a suspendue depuis le 23 novembre 2026');
    expect(await teams.refusedPress(alex, 'scenarios.choose', { file, supplier: 'airelle' })).not.toBe('');
  });

  test('has its fiche as it was: the next version that it publishes is suspended too', async () => {
    await decides();
    const fiche = await teams.services.catalogue.publishedInForce('airelle');
    expect(fiche?.offers[0]?.status).toBe('qualified');
    await teams.services.catalogue.publication.publish(
      [priced('airelle', '4.00', { version: '2026-11-23' })],
      'command',
    );
    expect(await offered()).toEqual(['bleuet-courriel']);
  });

  test('is told once to those whose files and contracts rest on it, with what it does there', async () => {
    await choose('airelle');
    await aContract(teams, {}, samuel);
    await decides();
    await soon();
    await soon();
    expect([relied().length, relied(samuel).length, relied(nadia).length]).toEqual([1, 1, 0]);
    expect(relied()[0]?.plain).toContain('suspendues depuis le 23 novembre 2026. Pannes répétées.');
    expect(relied()[0]?.plain).toContain('Dossier nº 1, Courriel du ministère : airelle inc. ne couvre plus');
    expect(relied()[0]?.plain).not.toContain('Contrat');
    expect(relied(samuel)[0]?.plain).not.toContain('Dossier');
    expect(teams.received(alex, 'scenarios/drift')).toHaveLength(0);
    expect(teams.newest(staffRoom, 'catalogue/day-in-force').plain).toContain('Pannes répétées.');
  });

  test('is taken up again with a reason: what rested on it stands as it did, without anybody choosing again', async () => {
    await choose('airelle');
    await decides();
    expect((await shown('scenarios.choice')).plain).toContain('ne couvre plus');
    await soon();
    const lifted = await teams.mustClick(diane, await measures(), 'Lever la suspension', {
      endReason: 'Le service est rétabli.',
    });
    expect(lifted.plain).toContain('de nouveau ce que dit leur fiche');
    expect(await offered()).toEqual(['airelle-courriel', 'bleuet-courriel']);
    expect((await shown('scenarios.choice')).plain).not.toContain('ne couvre plus');
    await soon();
    expect(relied()).toHaveLength(2);
    expect(relied()[1]?.plain).toContain('suspension levée le 23 novembre 2026. Le service est rétabli.');
  });

  test('is what it was in a comparison of before, and a seal of meanwhile can be calculated again', async () => {
    await choose('airelle');
    await decides();
    await shown('scenarios.choose', { supplier: 'bleuet', sure: 'yes' });
    await teams.services.catalogue.publication.publish([priced('canneberge', '9.00')], 'command');
    const seals = await teams.services.scenarios.seals(file, alex);
    expect(seals).toHaveLength(2);
    for (const { id } of seals)
      expect((await teams.services.scenarios.verify(file, id, alex)).same).toBe(true);
    const [before] = await teams.services.catalogue.inForceOn('2026-11-22');
    expect(before?.offers[0]?.status).toBe('qualified');
  });
});

describe('one offer', () => {
  beforeEach(async () => {
    const offers = ['un', 'deux'].map((id) =>
      anOffer({ id: `cassis-${id}`, name: `Cassis ${id}`, tiers: flat('3.00') }),
    );
    await teams.services.catalogue.publication.publish([aSupplier('cassis', { offers })], 'command');
  });

  test('is suspended without the others', async () => {
    const done = await decides({ ...SUSPENDED, offer: 'cassis-un' }, 'cassis');
    expect(done.plain).toContain('Cassis un : suspendue depuis le 23 novembre 2026.');
    expect(await offered()).toContain('cassis-deux');
    expect(await offered()).not.toContain('cassis-un');
  });

  test('stays suspended when what was decided of all the supplier’s is lifted, which says so', async () => {
    await decides({ ...SUSPENDED, offer: 'cassis-un' }, 'cassis');
    await decides(SUSPENDED, 'cassis');
    const { items } = await teams.services.catalogue.measuring.page('cassis', 1, 5);
    const lifted = await teams.mustPress(diane, 'catalogue.liftMeasure', {
      supplier: 'cassis',
      measure: items.find(({ offerId }) => offerId === null)?.id,
      endReason: 'Le service est rétabli.',
    });
    expect(lifted.plain).toContain('Une autre décision vaut encore pour ces offres, ou pour certaines');
    expect(lifted.plain).not.toContain('de nouveau ce que dit leur fiche');
    expect(await offered()).not.toContain('cassis-un');
  });

  test('is withdrawn from a day: until then it is offered; those concerned are told now, not again that day', async () => {
    await teams.mustPress(alex, 'scenarios.confirmShortlist', { file });
    await decides(
      { offer: 'cassis-un', kind: 'withdrawn', from: '2026-12-01', reason: 'Fin de vie.' },
      'cassis',
    );
    await soon();
    expect(relied()).toHaveLength(1);
    expect(relied()[0]?.plain).toContain('Cassis un : retirée à compter du 1er décembre 2026. Fin de vie.');
    expect(await offered()).toContain('cassis-un');
    teams.clock.advance({ days: 8 });
    await teams.services.catalogue.measuring.applyDue();
    await soon();
    expect(await offered()).not.toContain('cassis-un');
    expect(relied()).toHaveLength(1);
  });

  test('is not withdrawn in the past', async () => {
    const { form, word } = await teams.click(diane, await measures('cassis'), 'Décider', {
      ...{ offer: 'cassis-un', kind: 'withdrawn', from: '2026-11-01', reason: 'Fin de vie.' },
    });
    expect(`${word}`).toContain('une date à venir');
    expect(form?.valueOf('reason')).toBe('Fin de vie.');
  });

  test('follows what its own fiche withdrew', async () => {
    const form = await measures('cassis');
    const gone = ['un', 'deux'].map((id) =>
      anOffer({ id: `cassis-${id}`, status: id === 'un' ? 'withdrawn' : 'qualified', tiers: flat('3.00') }),
    );
    await teams.services.catalogue.publication.publish(
      [aSupplier('cassis', { version: '2026-11-23', offers: gone })],
      'command',
    );
    const { word } = await teams.click(diane, form, 'Décider', { ...SUSPENDED, offer: 'cassis-un' });
    expect(`${word}`).toContain('Choisissez une offre qui est au catalogue');
  });
});

test('without a reason nothing is decided, and the form comes back as typed', async () => {
  const { form, word } = await teams.click(diane, await measures(), 'Décider', { ...SUSPENDED, reason: ' ' });
  expect(`${word}`).toContain('Dites pourquoi');
  expect(form?.valueOf('kind')).toBe('suspended');
  expect(await offered()).toHaveLength(2);
});

test('decided by two at once, it is decided once', async () => {
  await giveRole(teams, nadia, 'staff');
  const forms = [await measures(), await measures('airelle', nadia)] as const;
  await Promise.all([
    teams.click(diane, forms[0], 'Décider', SUSPENDED),
    teams.click(nadia, forms[1], 'Décider', SUSPENDED),
  ]);
  expect((await teams.services.catalogue.measuring.page('airelle', 1, 5)).total).toBe(1);
});

test('lifted twice, it is lifted once', async () => {
  const form = await decides();
  const lift = () => teams.click(diane, form, 'Lever la suspension', { endReason: 'Rétabli.' });
  await lift();
  expect((await lift()).card?.plain).toContain('Quelqu’un l’a déjà fait');
});

test('the journal of the staff says who did it, and when', async () => {
  const form = await decides();
  await teams.mustClick(diane, form, 'Lever la suspension', { endReason: 'Rétabli.' });
  const acts = (await teams.services.audit.auditOf(diane)).map(({ action }) => action);
  expect(acts).toEqual(expect.arrayContaining(['fiche.suspend', 'fiche.lift']));
});

test('clients neither see nor do it', async () => {
  for (const [verb, sent] of [
    ['measures', { page: 1 }],
    ['measure', SUSPENDED],
    ['liftMeasure', { measure: newId(), endReason: 'x' }],
  ] as const) {
    const { card } = await teams.press(alex, `catalogue.${verb}`, { supplier: 'airelle', ...sent });
    expect(card).toBeUndefined();
  }
  expect(await offered()).toHaveLength(2);
});
