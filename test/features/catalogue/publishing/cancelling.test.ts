import { beforeEach, expect, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aDocument, aFiche, aFile, anOffer, aSupplier, dearer, flat } from '../../../support/fiches.ts';
import { giveRole } from '../../../support/organization.ts';
import { alex, diane, nadia } from '../../../support/people.ts';

const teams = fakeTeams();
const catalogue = () => teams.services.catalogue;
const TO_COME = { supplier: 'bleuet', version: '2026-12-01' };
const published = (...fiches: Parameters<typeof aDocument>[0][]) =>
  catalogue().publication.publish(fiches.map(aFiche), 'command');
const versions = async () => (await catalogue().history('bleuet')).map(({ version }) => version);
/** What is answered, by a card or by a word. */
const cancels = async (version = TO_COME.version, reason = 'Le prix est faux.', person = diane) => {
  const sent = { supplier: 'bleuet', version, reason };
  const { card, word } = await teams.press(person, 'catalogue.cancelVersion', sent);
  return card?.plain ?? word;
};
const drop = async (document: Parameters<typeof aFile>[0]) => {
  const { name, bytes } = aFile(document);
  await teams.drops(diane, { [name]: bytes });
  return teams.lastCard();
};

beforeEach(async () => {
  await giveRole(teams, diane, 'staff');
  await published({}, dearer('2026-12-01', '50.00'));
});

test('from the list of fiches, a version to come is cancelled with a reason, which stays to be read', async () => {
  await teams.says(diane, 'fiches');
  const shown = await teams.mustClick(diane, teams.lastCard(), 'Versions');
  expect(shown.plain).toContain('À compter du 1er décembre 2026');
  expect(shown.plain).toContain('2 changements, dont 2 de prix.');
  const asked = await teams.mustClick(diane, shown, 'Annuler cette version…');
  expect(asked.plain).toContain('Sa date redevient libre');
  const done = await teams.mustPress(diane, 'catalogue.cancelVersion', {
    ...TO_COME,
    reason: 'Le prix est faux.',
  });
  expect(done.plain).toContain('La version du 1er décembre 2026 est annulée.');
  expect(done.plain).toContain(
    'Version du 1er décembre 2026, annulée le 23 novembre 2026 : Le prix est faux.',
  );
  expect(await versions()).toEqual(['2026-11-02']);
});

test('the date of a cancelled version is free for a corrected one', async () => {
  await cancels();
  const review = await drop(dearer('2026-12-01', '6.00'));
  await teams.mustClick(diane, review, 'Publier');
  expect(await versions()).toEqual(['2026-12-01', '2026-11-02']);
  expect((await catalogue().newestOf('bleuet'))?.offers[0]?.tiers[0]?.unitPricePerMonth).toBe('6.00');
});

test('without a reason nothing is cancelled, and the form comes back', async () => {
  const { form, word } = await teams.press(diane, 'catalogue.cancelVersion', { ...TO_COME, reason: ' ' });
  expect(form?.plain).toContain('annuler la version du 1er décembre 2026');
  expect(word).toContain('Dites pourquoi');
  expect(await versions()).toHaveLength(2);
});

test('a version in force is not cancelled: what was in force is history', async () => {
  expect(await cancels('2026-11-02')).toContain('elle ne s’annule plus');
  expect(await versions()).toHaveLength(2);
});

test('one that took effect while the form was read is not cancelled', async () => {
  await teams.press(diane, 'catalogue.askCancelVersion', TO_COME);
  teams.clock.advance({ days: 8 });
  expect(await cancels()).toContain('est entrée en vigueur');
  expect(await versions()).toHaveLength(2);
});

test('cancelled by two at once, it is cancelled once', async () => {
  await giveRole(teams, nadia, 'staff');
  await Promise.all([cancels(), cancels(TO_COME.version, 'Pour une autre raison.', nadia)]);
  expect(await catalogue().cancelling.cancelledCount('bleuet')).toBe(1);
  expect(await versions()).toEqual(['2026-11-02']);
});

test('one on which a later version rests stays until that one is cancelled', async () => {
  await published(dearer('2026-12-15', '50.00'));
  expect(await cancels()).toContain('La version du 15 décembre 2026 a été écrite d’après celle-ci');
  await cancels('2026-12-15');
  await cancels();
  expect(await versions()).toEqual(['2026-11-02']);
});

test('an offer that only a cancelled version had is free for another supplier', async () => {
  await cancels();
  const novel = anOffer({ id: 'tout-neuf', name: 'Tout neuf' });
  await published({ version: '2027-01-05', offers: [anOffer(), novel] });
  const taken = () => catalogue().publication.publish([aSupplier('airelle', { offers: [novel] })], 'command');
  expect((await taken())[0]?.kind).toBe('refused');
  await cancels('2027-01-05');
  expect((await taken())[0]?.kind).toBe('published');
  // The one that is in force keeps its own.
  const [kept] = await catalogue().publication.publish(
    [aSupplier('mure', { offers: [anOffer()] })],
    'command',
  );
  expect(kept?.kind).toBe('refused');
});

test('a version that was cancelled takes no effect and is told to nobody', async () => {
  await catalogue().announcements.announceDue();
  await cancels();
  teams.clock.advance({ days: 9 });
  await catalogue().announcements.announceDue();
  expect((await catalogue().current()).supplier('bleuet')?.version).toBe('2026-11-02');
  expect(await catalogue().digests.changesOfDay('2026-12-02')).toEqual([]);
});

test('a characteristic changes before a version to come, which is shown to undo it', async () => {
  const review = await drop(
    aDocument({ version: '2026-11-20', offers: [anOffer({ availability: '99.5' })] }),
  );
  expect(review.plain).toContain('La version à venir du 1er décembre 2026 a été écrite sans celle-ci');
  await teams.mustClick(diane, review, 'Publier');
  expect((await catalogue().current()).supplier('bleuet')?.version).toBe('2026-11-20');
});

test('what is shown before publishing is shown again when the version to come was cancelled meanwhile', async () => {
  const review = await drop(
    aDocument({ version: '2026-11-20', offers: [anOffer({ availability: '99.5' })] }),
  );
  await cancels();
  const again = await teams.mustClick(diane, review, 'Publier');
  expect(again.plain).toContain('Regardez de nouveau les changements');
  expect(again.plain).not.toContain('a été écrite sans celle-ci');
});

test('and when it was written again otherwise under the same date', async () => {
  const review = await drop(
    aDocument({ version: '2026-11-20', offers: [anOffer({ availability: '99.5' })] }),
  );
  await cancels();
  await published({ version: '2026-12-01', offers: [anOffer({ availability: '99.5' })] });
  const again = await teams.mustClick(diane, review, 'Publier');
  expect(again.plain).toContain('Regardez de nouveau les changements');
  expect(again.plain).not.toContain('a été écrite sans celle-ci');
});

test('clients neither see nor do it', async () => {
  for (const verb of ['versions', 'askCancelVersion', 'cancelVersion']) {
    const answer = await teams.press(alex, `catalogue.${verb}`, { ...TO_COME, page: 1, reason: 'x' });
    expect(answer.card).toBeUndefined();
  }
  expect(await versions()).toHaveLength(2);
});

test('the same price again under another date is refused all the same', async () => {
  const review = await drop(
    aDocument({ version: '2026-11-24', offers: [anOffer({ tiers: flat('50.00') })] }),
  );
  expect(review.plain).toContain('change un prix');
});

test('however many there are, the versions to come and those that were cancelled are read a page at a time', async () => {
  const days = Array.from({ length: 11 }, (_, n) => `2026-12-${String(n + 10)}`);
  await published(...days.map((version) => dearer(version, '50.00')));
  for (const version of days.slice(-3)) {
    await cancels(version);
    teams.clock.advance({ minutes: 1 });
  }
  const first = await teams.mustPress(diane, 'catalogue.versions', { supplier: 'bleuet', page: 1 });
  expect(first.plain).toContain('Page 1 de 3 · 12 versions');
  expect(first.plain).not.toContain('Annulées avant d’entrer en vigueur');
  const second = await teams.mustClick(diane, first, 'Suivante');
  expect(second.plain).toContain('À compter du 17 décembre 2026');
  expect(second.plain).toContain('Version du 20 décembre 2026, annulée le 23 novembre 2026');
  const third = await teams.mustClick(diane, second, 'Suivante');
  expect(third.plain).toContain('Version du 18 décembre 2026, annulée le 23 novembre 2026');
  expect(third.plain).not.toContain('Aucune version à venir');
});
