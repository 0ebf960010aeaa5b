import { beforeEach, describe, expect, test } from '@jest/globals';
import { allVersions } from '../../../../src/features/catalogue/index.ts';
import { available, dropped, presses, REASON, right } from '../../../support/correcting.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aDocument, aFiche, aFile, anOffer, aSupplier, dearer } from '../../../support/fiches.ts';
import { giveRole } from '../../../support/organization.ts';
import { alex, diane, nadia } from '../../../support/people.ts';

const teams = fakeTeams();
const catalogue = () => teams.services.catalogue;
const priceNow = async () =>
  (await catalogue().current()).offer('bleuet-courriel')?.offer.tiers[0]?.unitPricePerMonth;
const history = () => catalogue().history('bleuet');
const corrected = async (document: unknown = right(), typed: object = REASON) =>
  teams.mustClick(diane, await dropped(teams, document), 'Corriger la fiche', { ...typed });

beforeEach(async () => {
  await giveRole(teams, diane, 'staff');
  await giveRole(teams, nadia, 'staff');
  await catalogue().publication.publish([aFiche()], 'command');
  await catalogue().announcements.announceDue();
});

describe('an error of the fiche in force', () => {
  test('is put right by dropping its file again: what was wrong and what is right are shown before', async () => {
    const card = await dropped(teams);
    expect(card.plain).toContain('Corriger une erreur : Bleuet Infonuagique inc., fiche du 2 novembre 2026');
    expect(card.plain).toContain('prix : 5,00 $ → 4,50 $ (baisse de 10 %).');
    expect(card.plain).toContain('reste dans l’historique');
    expect(await priceNow()).toBe('5.00');
    const done = await teams.mustClick(diane, card, 'Corriger la fiche', REASON);
    expect(done.plain).toContain('La fiche est corrigée, dès maintenant.');
    expect(await priceNow()).toBe('4.50');
  });

  test('stays in the history, beside what corrected it, with the reason', async () => {
    await corrected();
    expect(await history()).toEqual([
      expect.objectContaining({
        version: '2026-11-02',
        state: 'inForce',
        corrected: [{ on: '2026-11-23', reason: REASON.reason, price: true }],
      }),
    ]);
    const shown = await teams.mustPress(alex, 'catalogue.history', { supplier: 'bleuet', page: 1 });
    expect(shown.plain).toContain('En vigueur · corrigée');
    expect(shown.plain).toContain('Prix corrigé le 23 novembre 2026 : Le prix signé est de 4,50 $.');
    expect(shown.plain).not.toContain(diane.name);
  });

  test('is written beside what was published, which the database keeps as it was', async () => {
    await corrected();
    const { rows } = (await teams.db.execute(
      `select edition, content -> 'offers' -> 0 -> 'tiers' -> 0 ->> 'unitPricePerMonth' as price
       from catalogue_fiche_versions where supplier_id = 'bleuet' order by edition`,
    )) as { rows: unknown[] };
    expect(rows).toEqual([
      { edition: 0, price: '5.00' },
      { edition: 1, price: '4.50' },
    ]);
  });

  test('is one version in the list of the terminal, as it was corrected', async () => {
    const offers = [anOffer(), anOffer({ id: 'bleuet-neuf' })];
    await catalogue().publication.publish([aFiche({ version: '2026-12-01', offers })], 'command');
    await corrected(aDocument({ offers }), {
      reason: 'Une offre manquait.',
    });
    expect((await allVersions(teams.db)).map(({ version, offers }) => [version, offers])).toEqual([
      ['2026-12-01', 2],
      ['2026-11-02', 2],
    ]);
  });

  test('says who corrected it, and when, in the journal of the staff', async () => {
    await corrected();
    const acts = await teams.services.audit.auditOf(diane);
    expect(acts[0]).toMatchObject({ action: 'fiche.correct' });
    expect(acts[0]?.object).toMatch(/^bleuet 2026-11-02 /);
  });

  test('is told with a reason: without one the form comes back as typed', async () => {
    const { card, said } = await presses(teams, diane, await dropped(teams), 'Corriger la fiche', {
      reason: ' ',
      mistake: 'true',
    });
    expect(said).toContain('Dites ce qui était faux et pourquoi');
    expect(card?.valueOf('mistake')).toBe('true');
    expect(await priceNow()).toBe('5.00');
  });

  test('of a price is said to be an error, for prices change on their day only', async () => {
    const { card, said } = await presses(teams, diane, await dropped(teams), 'Corriger la fiche', {
      reason: REASON.reason,
    });
    expect(said).toContain('Un prix ne change que le premier jour ouvrable d’un mois');
    expect(card?.valueOf('reason')).toBe(REASON.reason);
    expect(await priceNow()).toBe('5.00');
  });

  test('of anything else is corrected without speaking of prices', async () => {
    const card = await dropped(teams, available());
    expect(card.plain).not.toContain('changement de prix');
    await teams.mustClick(diane, card, 'Corriger la fiche', { reason: 'Faute de frappe.' });
    expect((await catalogue().current()).offer('bleuet-courriel')?.offer.availability).toBe('99.5');
  });

  test('may be left as it is', async () => {
    const left = await teams.mustClick(diane, await dropped(teams), 'Ne rien corriger');
    expect(left.plain).toContain('La fiche reste telle qu’elle est.');
    expect(await priceNow()).toBe('5.00');
  });

  test('is corrected once, pressed twice', async () => {
    const card = await dropped(teams);
    await Promise.all([1, 2].map(() => teams.click(diane, card, 'Corriger la fiche', REASON)));
    expect((await history())[0]?.corrected).toHaveLength(1);
  });

  test('is corrected again from what the correction made of it', async () => {
    await corrected();
    const again = await dropped(teams, right('4.25'));
    expect(again.plain).toContain('prix : 4,50 $ → 4,25 $');
    await teams.mustClick(diane, again, 'Corriger la fiche', REASON);
    expect(await priceNow()).toBe('4.25');
    expect((await history())[0]?.corrected).toHaveLength(2);
  });

  test('is corrected by one of two at once; the other sees first what it became', async () => {
    const [one, other] = [await dropped(teams), await dropped(teams, right('4.25'), nadia)];
    const typed = { reason: 'Autre chose.', mistake: 'true' };
    const answers = await Promise.all([
      teams.click(diane, one, 'Corriger la fiche', REASON),
      teams.click(nadia, other, 'Corriger la fiche', typed),
    ]);
    expect(answers.filter(({ form }) => form)).toHaveLength(1);
    const late = answers.find(({ form }) => form);
    expect(`${late?.word}`).toContain('corrigée entre-temps par une autre personne');
    expect((await history())[0]?.corrected).toHaveLength(1);
    const theirs = answers[1] === late ? nadia : diane;
    if (!late?.form) throw new Error('nobody was late');
    await teams.mustClick(theirs, late.form, 'Corriger la fiche', typed);
    expect((await history())[0]?.corrected).toHaveLength(2);
  });
});

describe('a version to come that was written before a correction', () => {
  const UNDONE = 'La version à venir du 1er décembre 2026 a été écrite sans celle-ci';
  const toCome = (document: Parameters<typeof aFiche>[0]) =>
    catalogue().publication.publish([aFiche(document)], 'command');

  test('is named before the error is put right, with what it would undo', async () => {
    await toCome({ version: '2026-12-01' });
    const card = await dropped(teams);
    expect(card.plain).toContain(`${UNDONE} : ce jour-là, 2 changements seraient défaits.`);
    const done = await teams.mustClick(diane, card, 'Corriger la fiche', REASON);
    expect(done.plain).toContain(UNDONE);
  });

  test('is not spoken of where it changes the price anyway', async () => {
    await toCome(dearer('2026-12-01', '50.00'));
    expect((await dropped(teams)).plain).not.toContain('écrite sans celle-ci');
  });

  test('is not spoken of when nothing is corrected', async () => {
    await toCome({ version: '2026-12-01' });
    const left = await teams.mustClick(diane, await dropped(teams), 'Ne rien corriger');
    expect(left.plain).not.toContain('écrite sans celle-ci');
  });

  test('is not said to come once it took effect', async () => {
    await toCome({ version: '2026-12-01' });
    const card = await dropped(teams);
    await teams.mustClick(diane, card, 'Corriger la fiche', REASON);
    teams.clock.advance({ days: 9 });
    const { said } = await presses(teams, diane, card, 'Corriger la fiche', REASON);
    expect(said).toContain('Fiche corrigée');
    expect(said).not.toContain('écrite sans celle-ci');
  });
});

describe('a version that is published after a correction', () => {
  const publishes = async (version: string, price: string) => {
    await teams.mustClick(diane, await dropped(teams, dearer(version, price)), 'Publier');
    return [await priceNow(), (await catalogue().current()).supplier('bleuet')?.version];
  };

  test('of the same day is in force, on a day when prices change', async () => {
    teams.clock.advance({ days: 8 });
    await corrected();
    teams.clock.advance({ hours: 1 });
    expect(await publishes('2026-12-01', '6.00')).toEqual(['6.00', '2026-12-01']);
  });

  test('is in force under an earlier date than that of the correction', async () => {
    await corrected();
    teams.clock.advance({ hours: 1 });
    const later = { ...available('99.8'), version: '2026-11-20', offers: right().offers };
    await teams.mustClick(
      diane,
      await dropped(teams, { ...later, changes: ['Rien que la date.'] }),
      'Publier',
    );
    expect((await catalogue().current()).supplier('bleuet')?.version).toBe('2026-11-20');
  });

  test('is what the staff correct next, and what the day was', async () => {
    teams.clock.advance({ days: 8 });
    await corrected();
    teams.clock.advance({ hours: 1 });
    await publishes('2026-12-01', '6.00');
    expect((await catalogue().cancelling.standing('bleuet')).map(({ version }) => version)).toEqual([
      '2026-12-01',
    ]);
    teams.clock.advance({ days: 2 });
    expect((await catalogue().inForceOn('2026-12-01'))[0]?.version).toBe('2026-12-01');
    expect((await catalogue().inForceOn('2026-11-30'))[0]?.offers[0]?.tiers[0]?.unitPricePerMonth).toBe(
      '5.00',
    );
    await corrected(right('5.75', '2026-12-01'));
    expect(await priceNow()).toBe('5.75');
  });
});

describe('what is not an error of the fiche in force', () => {
  test('is refused while the form is read: the next version took effect', async () => {
    await catalogue().publication.publish([aFiche(dearer('2026-12-01', '50.00'))], 'command');
    const card = await dropped(teams);
    teams.clock.advance({ days: 9 });
    const { said } = await presses(teams, diane, card, 'Corriger la fiche', REASON);
    expect(said).toContain('n’est pas en vigueur');
    expect(await priceNow()).toBe('50.00');
  });

  test('is told as such: the same file changes nothing', async () => {
    const card = await dropped(teams, aDocument());
    expect(card.plain).toContain('Déjà publiée, avec le même contenu');
  });

  test('is a version to come, which is cancelled instead', async () => {
    await catalogue().publication.publish([aFiche(dearer('2026-12-01', '50.00'))], 'command');
    const card = await dropped(teams, dearer('2026-12-01', '60.00'));
    expect(card.plain).toContain('1 problème à corriger');
    expect(card.plain).toContain('vous pouvez aussi l’annuler');
  });

  test('takes no offer away: it is withdrawn', async () => {
    await catalogue().publication.publish(
      [aSupplier('airelle', { offers: [anOffer({ id: 'un' }), anOffer({ id: 'deux' })] })],
      'command',
    );
    const card = await dropped(teams, aSupplier('airelle', { offers: [anOffer({ id: 'un' })] }));
    const { said } = await presses(teams, diane, card, 'Corriger la fiche', { reason: 'Elle est de trop.' });
    expect(said).toContain('Gardez-la, avec « status: withdrawn »');
  });

  test('takes no id of another supplier’s', async () => {
    await catalogue().publication.publish([aSupplier('airelle')], 'command');
    const offers = [anOffer(), anOffer({ id: 'airelle-courriel' })];
    expect((await dropped(teams, aDocument({ offers }))).plain).toContain('appartient à une offre');
  });

  test('is dropped among other files: each problem says to drop it alone', async () => {
    const files = [aFile(right()), aFile(aSupplier('airelle'))];
    await teams.drops(diane, Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])));
    expect(teams.lastCard().plain).toContain('1 à corriger');
    expect(await priceNow()).toBe('5.00');
  });
});

test('from the versions of a supplier, the fiche in force is downloaded under its own date to be corrected', async () => {
  const shown = await teams.mustPress(diane, 'catalogue.versions', { supplier: 'bleuet', page: 1 });
  await teams.click(diane, shown, 'Corriger une erreur…');
  expect(teams.lastCard().plain).toContain(
    'La fiche de Bleuet Infonuagique inc. en vigueur, du 2 novembre 2026.',
  );
  expect(teams.lastCard().plain).toContain('gardez le nom du fichier et sa date');
});

test('clients neither see nor do it', async () => {
  const row = await catalogue().correcting.draft(
    { person: diane, effect: crypto.randomUUID() } as never,
    aFiche(right()),
  );
  for (const verb of ['correction', 'correct', 'approveCorrection', 'returnCorrection', 'dropCorrection']) {
    const sent = { correction: row.id, revision: row.revision, ...REASON, comment: '' };
    const { card, form } = await teams.press(alex, `catalogue.${verb}`, sent);
    expect([card, form]).toEqual([undefined, undefined]);
  }
  expect(await priceNow()).toBe('5.00');
});

test('only whoever dropped the file says why', async () => {
  const card = await dropped(teams);
  const { data } = card.button('Corriger la fiche');
  await teams.press(nadia, 'catalogue.correct', { ...data, ...REASON });
  expect(await priceNow()).toBe('5.00');
});
