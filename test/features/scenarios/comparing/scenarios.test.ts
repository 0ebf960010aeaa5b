import { beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../../src/app/doors.ts';
import { newId } from '../../../../src/core/id.ts';
import type { Wanted } from '../../../../src/features/acquisitions/index.ts';
import { lastSealFact } from '../../../../src/features/scenarios/index.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFiche, aSupplier } from '../../../support/fiches.ts';
import { alex, nadia, samuel } from '../../../support/people.ts';
import { need } from '../../../support/pricing.ts';
import { A_TRIAL, fileToCompare, offerOf, WANTED, want } from '../../../support/scenarios.ts';
import { wordsOf } from '../../../support/word.ts';
import { workbookOf } from '../../../support/workbook.ts';

const teams = fakeTeams();
let file: string;

beforeEach(async () => {
  file = await fileToCompare(teams);
});

const wanting = (request: Wanted) => want(teams, file, request);
const shown = (verb: string, data: object = {}) => teams.mustPress(alex, verb, { file, ...data });
const refused = (verb: string, data: object = {}) => teams.refusedPress(alex, verb, { file, ...data });
const compare = () => shown('scenarios.compare', { page: 1 });

test('the comparison ranks exact prices, with the gap to the lowest and what decided', async () => {
  const { plain } = await compare();
  // 12 × 100 × 4 + 6 × 150 × 4; 12 × 100 × 5 + 12 × 150 × 5 (a started year is billed whole).
  for (const words of [
    '1 · airelle inc.',
    '8 400,00 $',
    'Le plus bas',
    '2 · canneberge inc.',
    '12 600,00 $',
    '4 200,00 $ de plus (50,0 %)',
    '3 · bleuet inc.',
    '15 000,00 $',
  ])
    expect(plain).toContain(words);
  expect(plain).toContain('airelle inc. est le moins cher : le suivant coûte 4 200,00 $ de plus (50,0 %).');
  expect(plain).toContain('frais de gestion du Courtier (2 %) : 168,00 $');
});

test('without categories, duration and quantities, the comparison says which questions are missing', async () => {
  await wanting({});
  expect(await refused('scenarios.compare', { page: 1 })).toContain('questions 5, 6 et 7');
});

test('a scenario opens to what is billed each year and each month', async () => {
  const scenario = await shown('scenarios.scenario', { supplier: 'bleuet' });
  expect(scenario.plain).toContain('Année 1\n6 000,00 $\nAnnée 2\n9 000,00 $');
  expect(scenario.plain).toContain('De 100 à 150 unités facturées par mois, 24 mois facturés.');
  const months = await teams.mustClick(alex, scenario, 'Mois par mois');
  expect(months.plain).toContain('Mois 1\n100\n500,00 $');
  expect((await teams.mustClick(alex, months, 'Suivante')).plain).toContain('Mois 24\n150\n750,00 $');
});

test('suppliers without a scenario say what is missing, and the offer’s own value', async () => {
  const { plain } = await shown('scenarios.excluded', { page: 1 });
  expect(plain).toContain('fraise inc.\nIl manque : courriel.');
  expect(plain).toContain('fraise courriel : elle engage pour 36 mois au moins.');
});

test('the shortlist says which offers meet the needs, and why the others do not', async () => {
  await wanting({
    durationMonths: 36,
    needs: [need('courriel', 100)],
    requirements: { hosting: 'CA', minAvailability: '99.9' },
  });
  const card = await shown('scenarios.shortlist', { page: 1 });
  expect(card.plain).toContain('3 offres conformes sur 4');
  expect(card.plain).toContain('Écartée : elle est hébergée à Ashburn (VA, États-Unis).');
  const after = await teams.mustClick(alex, card, 'Confirmer la liste');
  expect(after.plain).toContain('La liste est confirmée.');
  const reports = await teams.services.files.conclusions(file);
  expect([reports.catalogue.done, reports.shortlist.done, reports.choice.done]).toEqual([true, true, false]);
});

describe('a shortlist whose offers changed since it was shown', () => {
  const CONFIRM = 'Confirmer la liste';
  const isDone = async () => (await teams.services.files.conclusions(file)).shortlist.done;
  const oneLess = () => wanting({ ...WANTED, requirements: { hosting: 'CA' } });

  test('is shown again, and confirmed once it is seen', async () => {
    const old = await shown('scenarios.shortlist', { page: 1 });
    await oneLess();
    const again = await teams.mustClick(alex, old, CONFIRM);
    expect(again.template).toBe('scenarios/shortlist');
    expect(again.plain).toContain('Les offres conformes ont changé depuis.');
    expect(await isDone()).toBe(false);
    expect((await teams.mustClick(alex, again, CONFIRM)).plain).toContain('La liste est confirmée.');
    expect(await isDone()).toBe(true);
  });

  test.each(['as it is', 'of before'])(
    'is not said to be confirmed by a second press on the card, %s, that confirmed it',
    async (which) => {
      const card = await shown('scenarios.shortlist', { page: 1 });
      const { showed, ...before } = card.button(CONFIRM).data ?? {};
      const data = which === 'of before' ? before : { ...before, showed };
      const confirm = () => teams.mustPress(alex, 'scenarios.confirmShortlist', data);
      for (const _twice of [1, 2]) expect((await confirm()).plain).toContain('La liste est confirmée.');
      await oneLess();
      expect((await confirm()).template).toBe('scenarios/shortlist');
      expect(await isDone()).toBe(false);
    },
  );
});

test('« et si » tells which single change would give another first', async () => {
  const { plain } = await shown('scenarios.whatIf');
  expect(plain).toContain('Un autre serait premier sur 36 mois.');
  expect(plain).toContain('Sur 36 mois\nfraise inc.');
  expect(plain).toContain('Avec 200 % des quantités\nairelle inc.');
});

test('without the requirement that keeps it out, another supplier may come first', async () => {
  const cheap = aSupplier('groseille', offerOf('groseille', '2.00', { availability: '99' }));
  await teams.services.catalogue.publication.publish([cheap], 'command');
  await wanting({
    durationMonths: 18,
    needs: [need('courriel', 100)],
    requirements: { minAvailability: '99.9' },
  });
  expect((await shown('scenarios.whatIf')).plain).toContain('sans l’exigence de disponibilité');
});

describe('« et si » with one’s own values', () => {
  const tried = async (inputs: object) => {
    const card = await shown('scenarios.whatIf');
    return teams.mustClick(alex, card, 'Calculer', inputs);
  };

  test('another duration, another share of the quantities, or both, come first', async () => {
    const card = await tried({ months: '36', percent: '110' });
    expect(card.plain).toContain('Sur 36 mois avec 110 % des quantités (votre essai)\nfraise inc.');
    expect(card.valueOf('months')).toBe('36');
    expect((await tried({ months: '', percent: '300' })).plain).toContain(
      'Avec 300 % des quantités (votre essai)\nairelle inc.',
    );
    expect((await tried({ months: '', percent: '' })).plain).not.toContain('votre essai');
  });

  test.each([
    [{ months: '0' }, '1 à 120 mois'],
    [{ months: 'longtemps' }, '1 à 120 mois'],
    [{ percent: '-5' }, '1 à 1 000'],
  ])('%j is refused with a sentence', async (inputs, sentence) => {
    expect(await refused('scenarios.tryOwn', inputs)).toContain(sentence);
  });
});

describe('a budget', () => {
  const spending = (dollars: string) =>
    teams.services.needs.answer(alex, file, 'budget', 0, { dollars, note: '' });

  test('is a line of the comparison, and tells how far each price is from it', async () => {
    await spending('10000');
    await wanting(WANTED);
    const { plain } = await compare();
    expect(plain).toContain('Budget, le trait sur les barres : 10 000,00 $ ; 1 scénario sur 3 y tient.');
    expect(plain).toContain('1 600,00 $ sous le budget');
    expect(plain).toContain('Dépasse le budget de 2 600,00 $');
  });

  test('that was not said is not spoken of', async () => {
    expect((await compare()).plain).not.toMatch(/[Bb]udget/);
  });
});

test('a supplier is chosen from the comparison itself', async () => {
  const choice = await teams.mustClick(alex, await compare(), 'Noter ce choix', { another: 'airelle' });
  expect(choice.template).toBe('scenarios/choice');
  expect(choice.plain).toContain('airelle inc.');
  expect(await teams.refusedClick(alex, await compare(), 'Noter ce choix', {})).toContain(
    'Choisissez un fournisseur.',
  );
});

describe('a card that was drawn before', () => {
  const NOTE = 'Noter ce choix';
  const YES = 'Oui, c’est bien cela';
  const airelleAt = async (price: string) => {
    const next = aSupplier('airelle', { version: '2026-12-01', ...offerOf('airelle', price) });
    await teams.services.catalogue.publication.publish([next], 'command');
    teams.clock.advance({ days: 8 });
  };

  test('does not replace a colleague’s choice before it names it, and who made it', async () => {
    await teams.services.files.share(alex, file, nadia);
    const old = await teams.mustPress(nadia, 'scenarios.compare', { file, page: 1 });
    await teams.mustClick(alex, await compare(), NOTE, { another: 'airelle' });
    const form = await teams.formBack(nadia, old, NOTE, { another: 'canneberge' });
    expect(form.plain).toContain('Alex Gagnon a choisi airelle inc. le 23 novembre 2026.');
    expect((await shown('scenarios.choice')).plain).toContain('airelle inc.');
    expect(form.valueOf('another')).toBe('canneberge');
    const chosen = await teams.mustClick(nadia, form, YES, { another: form.valueOf('another') });
    expect(chosen.plain).toContain('canneberge inc.');
  });

  test('says that its own reader chose since, from the scenario of another supplier', async () => {
    const scenario = await shown('scenarios.scenario', { supplier: 'canneberge' });
    await teams.mustClick(alex, await compare(), NOTE, { another: 'airelle' });
    const form = await teams.formBack(alex, scenario, 'Confirmer le choix');
    expect(form.plain).toContain('Vous avez choisi airelle inc. le 23 novembre 2026.');
    expect((await teams.mustClick(alex, form, YES)).plain).toContain('canneberge inc.');
  });

  test('seals no other price than the one that it showed before it says both', async () => {
    const old = await compare();
    await airelleAt('7.00');
    const form = await teams.formBack(alex, old, NOTE, { another: 'airelle' });
    expect(form.plain).toContain('Le prix de airelle inc. est maintenant 14 700,00 $, il était 8 400,00 $.');
    expect(form.plain).toContain('Ce n’est plus le prix le plus bas : canneberge inc. est à 12 600,00 $.');
    expect((await shown('scenarios.choice')).plain).toContain('Aucun fournisseur n’est encore choisi');
    const chosen = await teams.mustClick(alex, form, YES, { another: 'airelle' });
    expect(chosen.plain).toContain('14 700,00 $');
  });

  test('whose price moved again since it was asked about is asked about again, even of a press that meant it', async () => {
    const scenario = await shown('scenarios.scenario', { supplier: 'airelle' });
    await airelleAt('4.10');
    const form = await teams.formBack(alex, scenario, 'Confirmer le choix');
    const dearer = aSupplier('airelle', { version: '2027-01-05', ...offerOf('airelle', '4.20') });
    await teams.services.catalogue.publication.publish([dearer], 'command');
    teams.clock.advance({ days: 40 });
    expect((await teams.formBack(alex, form, YES)).plain).toContain('8 820,00 $, il était 8 610,00 $.');
  });

  test('and that shows what is so asks nothing', async () => {
    await teams.mustClick(alex, await compare(), NOTE, { another: 'airelle' });
    const chosen = await teams.mustClick(alex, await compare(), NOTE, { another: 'canneberge' });
    expect(chosen.plain).toContain('canneberge inc.');
  });

  test('of before it said what it shows, asks before it replaces a choice', async () => {
    await shown('scenarios.choose', { supplier: 'airelle' });
    expect(await refused('scenarios.choose', { supplier: 'canneberge' })).toContain('Vous avez choisi');
    expect((await shown('scenarios.choose', { supplier: 'canneberge', sure: 'yes' })).plain).toContain(
      'canneberge inc.',
    );
  });
});

test('choosing the lowest needs no authorization, and says what comes next', async () => {
  const card = await shown('scenarios.scenario', { supplier: 'airelle' });
  const choice = await teams.mustClick(alex, card, 'Confirmer le choix');
  expect(choice.plain).toContain('aucune autorisation du dirigeant n’est nécessaire');
  expect(choice.plain).toContain('rencontre de démarrage');
  expect((await teams.services.files.conclusion('choice', file)).done).toBe(true);
});

test('another choice, for a body under the RCTI, waits for the authorization of its head', async () => {
  const choice = await shown('scenarios.choose', { supplier: 'bleuet' });
  expect(choice.plain).toContain('6 600,00 $ de plus que le plus bas');
  expect(choice.plain).not.toContain('Prochaine étape');
  expect(choice.valueOf('date') ?? '').toBe('');
  const noted = await teams.mustClick(alex, choice, 'Noter l’autorisation', {
    reference: 'DO-2026-12',
    date: '2026-11-23',
  });
  expect(noted.plain).toContain('Autorisé le 23 novembre 2026, référence DO-2026-12.');
  expect(noted.plain).toContain('Prochaine étape');
});

test('the same choice, for a body that the RCTI does not bind, needs none', async () => {
  await teams.services.needs.setEligibility(alex, file, { kind: 'municipal', bound: 'no' });
  await wanting(WANTED);
  const card = await shown('scenarios.choose', { supplier: 'bleuet' });
  expect(card.plain).toContain('n’est pas assujettie à l’article 48 du RCTI');
});

test.each([
  ['no reference', { date: '2026-11-20' }, 'référence'],
  ['no date', { reference: 'DO-1' }, 'date de l’autorisation'],
])('an authorization with %s is refused', async (_what, data, sentence) => {
  await shown('scenarios.choose', { supplier: 'bleuet' });
  expect(await refused('scenarios.authorize', data)).toContain(sentence);
});

const authorization = { reference: 'DO-1', date: '2026-11-23' };

test('an authorization is refused where none is needed', async () => {
  expect(await refused('scenarios.authorize', authorization)).toContain('ne demande pas d’autorisation');
});

describe('an authorization that is noted', () => {
  const AUTHORIZED = 'Autorisé le 23 novembre 2026, référence DO-1.';
  const choose = (supplier: string) => shown('scenarios.choose', { supplier, sure: 'yes' });
  beforeEach(async () => {
    await shown('scenarios.choose', { supplier: 'bleuet' });
    await shown('scenarios.authorize', authorization);
  });

  test('is named before another supplier is chosen from a comparison of before: nothing is changed until it is meant', async () => {
    await teams.services.files.share(alex, file, nadia);
    const old = await teams.mustPress(nadia, 'scenarios.compare', { file, page: 1 });
    const form = await teams.formBack(nadia, old, 'Noter ce choix', { another: 'airelle' });
    expect(form.plain).toContain('DO-1, du 23 novembre 2026, est notée pour le choix : bleuet inc.');
    expect((await shown('scenarios.choice')).plain).toContain(AUTHORIZED);
    const meant = { another: form.valueOf('another') };
    const chosen = await teams.mustClick(nadia, form, 'Oui, c’est bien cela', meant);
    expect(chosen.plain).toContain('airelle inc.');
    expect(chosen.plain).not.toContain('Autorisé le');
  });

  test('is named by the scenario of another supplier too', async () => {
    const scenario = await shown('scenarios.scenario', { supplier: 'airelle' });
    const form = await teams.formBack(alex, scenario, 'Confirmer le choix');
    expect(form.plain).toContain('DO-1');
    expect((await teams.mustClick(alex, form, 'Oui, c’est bien cela')).plain).toContain('airelle inc.');
  });

  test('counts again on another day, when the same choice is made again as it was', async () => {
    teams.clock.advance({ days: 2 });
    expect((await choose('canneberge')).plain).not.toContain('Autorisé le');
    expect((await choose('bleuet')).plain).toContain(AUTHORIZED);
    expect((await teams.services.files.conclusion('choice', file)).done).toBe(true);
  });

  test('is corrected from the choice, its reference and its date alike', async () => {
    teams.clock.advance({ days: 2 });
    const card = await shown('scenarios.choice');
    expect([card.valueOf('reference'), card.valueOf('date')]).toEqual(['DO-1', '2026-11-23']);
    const typed = { reference: 'DO-12', date: '2026-11-24' };
    const corrected = await teams.mustClick(alex, card, 'Enregistrer la correction', typed);
    expect(corrected.plain).toContain('Autorisé le 24 novembre 2026, référence DO-12.');
  });

  test('is not replaced from a card that showed none: the form says that somebody noted one', async () => {
    const other = { reference: 'DO-99', date: '2026-11-23' };
    expect(await refused('scenarios.authorize', other)).toContain('entre-temps');
    expect((await shown('scenarios.choice')).plain).toContain(AUTHORIZED);
  });

  /** Its new fiche takes effect. */
  const renewed = async (price: string, contact: string) => {
    const next = aSupplier('bleuet', {
      version: '2026-12-01',
      ...offerOf('bleuet', price, { billing: 'annual' }),
    });
    const [first, ...others] = next.supplier.contacts;
    if (!first) throw new Error('no contact');
    const contacts = [{ ...first, name: contact }, ...others];
    await teams.services.catalogue.publication.publish(
      [{ ...next, supplier: { ...next.supplier, contacts } }],
      'command',
    );
    teams.clock.advance({ days: 8 });
    return shown('scenarios.choice');
  };

  test('goes on with the choice that is kept when its supplier only publishes another contact', async () => {
    const moved = await renewed('5.00', 'Une autre personne');
    expect(moved.plain).toContain('À confirmer');
    const kept = await teams.mustClick(alex, moved, 'Garder ce choix');
    expect(kept.plain).toContain(AUTHORIZED);
    expect(kept.plain).toContain('Choisi le 23 novembre 2026');
    expect((await teams.services.files.conclusion('choice', file)).done).toBe(true);
  });

  test('is named before the choice is kept at another price: nothing is changed until it is meant', async () => {
    const moved = await renewed('5.10', 'Une autre personne');
    const form = await teams.formBack(alex, moved, 'Garder ce choix');
    expect(form.plain).toContain('DO-1, du 23 novembre 2026, est notée pour ce choix tel qu’il était');
    expect((await shown('scenarios.choice')).plain).toContain('À confirmer');
    const kept = await teams.mustClick(alex, form, 'Oui, c’est bien cela');
    expect(kept.plain).not.toContain('Autorisé le');
  });

  test('counts no more where the price of that choice is another one', async () => {
    await choose('canneberge');
    await teams.services.catalogue.publication.publish(
      [aSupplier('bleuet', { version: '2026-12-01', ...offerOf('bleuet', '5.10', { billing: 'annual' }) })],
      'command',
    );
    teams.clock.advance({ days: 8 });
    expect((await choose('bleuet')).plain).not.toContain('Autorisé le');
  });
});

test('before the kind of organization is known, nothing is chosen', async () => {
  file = (await teams.services.files.create(alex, 'Autre', newId())).id;
  await wanting({ durationMonths: 12, needs: [need('courriel', 10)] });
  expect(await refused('scenarios.choose', { supplier: 'airelle' })).toContain('genre d’organisation');
});

test('a supplier without a scenario cannot be chosen', async () => {
  expect(await refused('scenarios.choose', { supplier: 'fraise' })).toContain('n’a pas de scénario');
  expect(await refused('scenarios.choose', { supplier: 'personne' })).toContain('n’a pas de scénario');
});

test('a comparison is sealed once, and calculated again gives the same hash after the catalogue has moved', async () => {
  await shown('scenarios.seal');
  const card = await shown('scenarios.seal');
  expect(card.buttons.filter(({ title }) => title === 'Recalculer')).toHaveLength(1);
  await teams.services.catalogue.publication.publish(
    [
      aSupplier('airelle', {
        version: '2026-11-23',
        ...offerOf('airelle', '4.00', { availability: '99.5' }),
      }),
    ],
    'command',
  );
  const verified = await teams.mustClick(alex, card, 'Recalculer');
  expect(verified.plain).toContain('l’empreinte est identique');
});

test('sealed comparisons are read and calculated again while a question that makes the needs is open', async () => {
  const sealed = await shown('scenarios.seal');
  await wanting({});
  const card = await shown('scenarios.seals', { page: 1 });
  expect(card.plain).toContain('Calculée le 23 novembre 2026');
  expect((await teams.mustClick(alex, sealed, 'Recalculer')).plain).toContain('l’empreinte est identique');
  const read = { file, page: 1 };
  expect(await teams.refusedPress(samuel, 'scenarios.seals', read)).toContain('introuvable');
});

test('when a fiche takes effect, the file says that its choice is no longer the cheapest, with the gap', async () => {
  await shown('scenarios.choose', { supplier: 'airelle' });
  const cheaper = aFiche({ ...aSupplier('bleuet', { version: '2026-12-01', ...offerOf('bleuet', '2.00') }) });
  await teams.services.catalogue.publication.publish([cheaper], 'command');
  teams.clock.advance({ days: 8 });
  await teams.services.catalogue.announcements.announceDue();
  await teams.runJobs();
  const shownFile = await shown('acquisitions.open');
  expect((await teams.mustClick(alex, shownFile, 'Recalculer')).template).toBe('scenarios/comparison');
  expect(shownFile.plain).toContain('Votre scénario n’est plus le moins cher : écart de 4 200,00 $.');
  await shown('scenarios.choose', { supplier: 'bleuet', sure: 'yes' });
  expect((await shown('acquisitions.open')).plain).not.toContain('n’est plus le moins cher');
});

test('the members of a file are told at once what a fiche did to their scenario, and once', async () => {
  await teams.install(alex);
  await shown('scenarios.choose', { supplier: 'airelle' });
  const cheaper = aFiche({ ...aSupplier('bleuet', { version: '2026-12-01', ...offerOf('bleuet', '2.00') }) });
  await teams.services.catalogue.publication.publish([cheaper], 'command');
  teams.clock.advance({ days: 8 });
  for (const _twice of [1, 2]) {
    await teams.services.catalogue.announcements.announceDue();
    await teams.runJobs();
  }
  expect(teams.received(alex, 'scenarios/drift')).toHaveLength(1);
  const card = teams.newest(alex, 'scenarios/drift');
  expect(card.plain).toContain('Votre scénario n’est plus le moins cher : écart de 4 200,00 $.');
  for (const told of [
    'Votre choix, airelle inc. : 8 400,00 $, comme avant.',
    'Le plus bas maintenant : bleuet inc., 4 200,00 $.',
    'autorisation du dirigeant',
    'La fiche de bleuet inc. vient de changer.',
    '(baisse de 60 %)',
  ])
    expect(card.plain).toContain(told);
  expect((await teams.click(alex, card, 'Voir ce qui a changé')).card).toBeUndefined();
  expect(teams.lastCard().template).toBe('catalogue/difference');
  // The notice stays, whatever is opened from it.
  for (const [button, template] of [
    ['Recalculer', 'scenarios/comparison'],
    ['Ouvrir le dossier', 'acquisitions/file'],
  ] as const) {
    expect((await teams.click(alex, card, button)).card).toBeUndefined();
    expect(teams.lastCard().template).toBe(template);
  }
  expect(await teams.refusedClick(samuel, card, 'Recalculer')).toContain('introuvable');
});

test('a sealed comparison without a choice is watched as well, and one that stands says nothing', async () => {
  await shown('scenarios.seal');
  const announce = async (changes: object) => {
    await teams.services.catalogue.publication.publish([aSupplier('bleuet', changes)], 'command');
    teams.clock.advance({ days: 40 });
    await teams.services.catalogue.announcements.announceDue();
    await teams.runJobs();
    return (await shown('acquisitions.open')).plain;
  };
  expect(
    await announce({
      version: '2026-11-24',
      ...offerOf('bleuet', '5.00', { billing: 'annual', availability: '99.5' }),
    }),
  ).not.toContain('plus le moins cher');
  expect(await announce({ version: '2027-01-05', ...offerOf('bleuet', '1.00') })).toContain(
    'Votre scénario n’est plus le moins cher',
  );
});

test('a comparison that was only looked at is watched too, and says the new lowest and both prices', async () => {
  await teams.install(alex);
  await shown('scenarios.compare', { page: 1 });
  const cheaper = aFiche({ ...aSupplier('bleuet', { version: '2026-12-01', ...offerOf('bleuet', '2.00') }) });
  await teams.services.catalogue.publication.publish([cheaper], 'command');
  teams.clock.advance({ days: 8 });
  for (const _twice of [1, 2]) {
    await teams.services.catalogue.announcements.announceDue();
    await teams.runJobs();
  }
  expect(teams.received(alex, 'scenarios/drift')).toHaveLength(1);
  const { plain } = teams.newest(alex, 'scenarios/drift');
  expect(plain).toContain('Le plus bas quand vous avez comparé : airelle inc.');
  expect(plain).toContain('Le plus bas maintenant : bleuet inc.');
  expect(plain).toContain('ne demande aucune autorisation du dirigeant');
});

describe('needs that the members changed themselves', () => {
  const twice = () => wanting({ durationMonths: 18, needs: [need('courriel', 200)] });
  const alerted = async () =>
    /prix de votre scénario|moins cher/.test((await shown('acquisitions.open')).plain);
  const takesEffect = async (version: string, price: string) => {
    const fiche = aFiche({ ...aSupplier('bleuet', { version, ...offerOf('bleuet', price) }) });
    await teams.services.catalogue.publication.publish([fiche], 'command');
    teams.clock.advance({ days: 8 });
    await teams.services.catalogue.announcements.announceDue();
    await teams.runJobs();
  };

  test.each(['scenarios.seal', 'scenarios.compare'])(
    'say nothing of the price that %s showed before, whatever fiche takes effect',
    async (verb) => {
      await teams.install(alex);
      await shown(verb);
      await twice();
      expect(await alerted()).toBe(false);
      await takesEffect('2026-12-01', '4.90');
      expect(await alerted()).toBe(false);
      expect(teams.received(alex, 'scenarios/drift')).toHaveLength(0);
    },
  );

  test('are watched once somebody looked at their comparison, even after a sealed one', async () => {
    await teams.install(alex);
    await shown('scenarios.seal');
    await twice();
    await compare();
    await takesEffect('2026-12-01', '2.00');
    expect(await alerted()).toBe(true);
    expect(teams.received(alex, 'scenarios/drift')).toHaveLength(1);
    await compare();
    expect(await alerted()).toBe(false);
  });

  test('and set back as they were are watched again', async () => {
    await shown('scenarios.seal');
    await twice();
    await compare();
    await wanting(WANTED);
    await takesEffect('2026-12-01', '2.00');
    expect(await alerted()).toBe(true);
  });

  test('leave what was kept before the needs were kept with it watched as it was', async () => {
    const { files } = teams.services;
    const kept = { supplier: 'airelle', priceCents: '840000' };
    await teams.db.transaction((tx) => files.writeFact(tx, file, lastSealFact, kept));
    expect(await alerted()).toBe(false);
    await takesEffect('2026-12-01', '2.00');
    expect(await alerted()).toBe(true);
  });
});

test('a file whose comparison nobody looked at is told nothing', async () => {
  await teams.install(alex);
  const cheaper = aFiche({ ...aSupplier('bleuet', { version: '2026-12-01', ...offerOf('bleuet', '2.00') }) });
  await teams.services.catalogue.publication.publish([cheaper], 'command');
  teams.clock.advance({ days: 8 });
  await teams.services.catalogue.announcements.announceDue();
  await teams.runJobs();
  expect(teams.received(alex, 'scenarios/drift')).toHaveLength(0);
});

test('the documents hold what the file knows, for its members only', async () => {
  await shown('scenarios.weigh', { name: 'Compatibilité', weight: 5, note: 'Avec nos postes' });
  await shown('scenarios.choose', { supplier: 'bleuet' });
  await teams.press(alex, 'scenarios.justify', { file });
  const token = () => teams.lastCard().token();
  const letter = await download(token(), teams.services);
  const text = await wordsOf(letter.body);
  for (const words of ['bleuet inc.', 'Compatibilité (poids 5 sur 5)', 'article 48 du RCTI', 'Dossier nº 1'])
    expect(text).toContain(words);
  await teams.press(alex, 'scenarios.workbook', { file });
  const book = await workbookOf((await download(token(), teams.services)).body);
  expect(book.worksheets.map(({ name }) => name)).toEqual([
    'Comparaison',
    'Mois par mois',
    'Sans scénario',
    'Critères',
  ]);
  expect(book.getWorksheet('Comparaison')?.getCell('E6').value).toMatch(/^(airelle|bleuet) courriel\u00a0: /);
  expect(book.getWorksheet('Comparaison')?.getCell('F6').value).toBeInstanceOf(Date);
  expect(book.getWorksheet('Critères')?.getCell('B5').value).toBe(5);
  const prices = [book.getWorksheet('Comparaison')?.getColumn('C').values].flat();
  expect(prices[prices.indexOf('Prix') + 1]).toBe(8400);
  const stranger = await teams.services.links.issue('scenarioWorkbook', {
    file,
    tenantId: samuel.tenantId,
    objectId: samuel.objectId,
  });
  await expect(download(stranger.split('/').at(-1) ?? '', teams.services)).rejects.toThrow('introuvable');
});

test('strangers find nothing, whatever they press', async () => {
  const seal = (await teams.services.scenarios.seal(alex, file)).id;
  const buttons: [string, object][] = [
    ['scenarios.compare', { page: 1 }],
    ['scenarios.scenario', { supplier: 'airelle' }],
    ['scenarios.shortlist', { page: 1 }],
    ['scenarios.confirmShortlist', {}],
    ['scenarios.whatIf', {}],
    ['scenarios.choose', { supplier: 'airelle' }],
    ['scenarios.choice', {}],
    ['scenarios.authorize', { reference: 'DO-1', date: '2026-11-20' }],
    ['scenarios.seal', {}],
    ['scenarios.verify', { seal }],
    ['scenarios.workbook', {}],
    ['scenarios.clarify', { supplier: 'airelle', question: 'Oui ?' }],
    ['scenarios.planTrial', A_TRIAL],
    ['scenarios.weigh', { name: 'À moi', weight: 1 }],
  ];
  expect(
    await teams.reaches(
      samuel,
      buttons.map(([verb, data]) => [verb, { file, ...data }]),
    ),
  ).toEqual([]);
});

test('an archived file is read, and no longer changed', async () => {
  await teams.services.files.move(alex, file, 1, 'archive');
  expect((await compare()).plain).toContain('airelle');
  for (const [verb, data] of [
    ['scenarios.choose', { supplier: 'airelle' }],
    ['scenarios.seal', {}],
    ['scenarios.confirmShortlist', {}],
    ['scenarios.weigh', { name: 'Non', weight: 1 }],
  ] as const)
    expect(await refused(verb, data)).toContain('archivé');
});

test('« comparer » opens the only file', async () => {
  expect((await teams.asks(alex, 'comparer')).template).toBe('scenarios/comparison');
});
