import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../../src/core/id.ts';
import type { Person } from '../../../../src/core/turn.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import {
  aFile,
  booked,
  clientChooses,
  DETAILS,
  kickoffOf,
  people,
  proposed,
  requested,
  staffCard,
  supplierChooses,
  visit,
} from '../../../support/kickoff.ts';
import { alex, diane, nadia, samuel, staffRoom } from '../../../support/people.ts';
import { recalling } from '../../../support/recalls.ts';
import type { Place } from '../../../support/vocabulary.ts';

const teams = fakeTeams();

beforeEach(() => people(teams));

/** What somebody received of the kickoff by itself, oldest first. */
const told = (place: Place = alex, template = 'kickoff/status') =>
  teams.received(place, template).map(({ plain }) => plain);

describe('the request', () => {
  test('waits for the choice, and says so', async () => {
    const file = await aFile(teams, { chosen: '' });
    expect((await teams.asks(alex, 'rencontre')).plain).toContain(
      'Comparez les scénarios et choisissez un fournisseur.',
    );
    expect(await teams.refusedPress(alex, 'kickoff.request', { file, ...DETAILS })).toContain(
      'Comparez les scénarios et choisissez un fournisseur.',
    );
  });

  test('waits for the authorization where the rule asks for it', async () => {
    const file = await aFile(teams, { chosen: 'bleuet' });
    expect((await teams.asks(alex, 'rencontre')).plain).toContain('Obtenez l’autorisation du dirigeant');
    await teams.press(alex, 'scenarios.authorize', { file, reference: 'A-1', date: '2026-11-23' });
    expect((await teams.asks(alex, 'rencontre')).plain).toContain('Fournisseur choisi : **bleuet inc.**');
  });

  test('is filled in with what the file knows', async () => {
    await aFile(teams);
    const inputs = new Map((await teams.asks(alex, 'rencontre')).inputs.map(({ id, value }) => [id, value]));
    expect(inputs.get('months')).toBe('24 mois');
    expect(inputs.get('quantities')).toBe('Courriel : 100 unités au départ');
    expect(String(inputs.get('components'))).toContain(': courriel');
    expect(inputs.get('contactEmail')).toMatch(/@/);
    expect(inputs.get('amount')).toBe('9\u00a0600,00');
  });

  test('is shown to the staff in their channel, with all that was written', async () => {
    const shown = await requested(teams, await aFile(teams));
    expect(shown.plain).toContain('Votre demande est envoyée au Courtier.');
    const { plain } = staffCard(teams);
    for (const words of [
      'Nouvelle demande',
      'Alex Gagnon',
      'airelle inc.',
      '24 mois',
      '9 600,00 $',
      '100 boîtes',
    ])
      expect(plain).toContain(words);
  });

  test.each([
    ['project', '', 'Décrivez votre projet'],
    ['months', '37', 'La durée va de 1 à 36 mois'],
    ['amount', 'beaucoup', 'Écrivez le montant en dollars'],
    ['contactEmail', 'camille', 'Écrivez l’adresse de courriel'],
    ['never', 'sunday-am', 'ne correspond plus'],
  ])('with a wrong « %s » is refused with a sentence', async (field, value, sentence) => {
    const file = await aFile(teams);
    const word = await teams.refusedPress(alex, 'kickoff.request', {
      file,
      project: 'x',
      components: 'x',
      quantities: 'x',
      months: '12',
      amount: '1',
      contactEmail: 'a@b.example',
      [field]: value,
    });
    expect(word).toContain(sentence);
    expect(await teams.services.kickoffs.ofFile(file)).toBeUndefined();
  });

  test('made twice is one request', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    await requested(teams, file, { amount: '12' });
    const kickoff = await kickoffOf(teams, file);
    expect(kickoff.details.amount).toBe(1_200);
    expect((await teams.services.kickoffs.page(1, 10)).total).toBe(1);
    expect(told(staffRoom, 'kickoff/staff')).toHaveLength(2);
  });

  test('of two who send it, the second sees what the first one wrote, and keeps their own words', async () => {
    const file = await aFile(teams);
    await teams.services.files.share(alex, file, nadia);
    const form = (person: Person) => teams.mustPress(person, 'kickoff.open', { file });
    const [mine, theirs] = [await form(alex), await form(nadia)];
    await teams.mustClick(alex, mine, 'Envoyer au Courtier', { ...DETAILS, project: 'Le projet d’Alex' });
    const other = { ...DETAILS, project: 'Le projet de Nadia' };
    const back = await teams.formBack(nadia, theirs, 'Envoyer au Courtier', other);
    expect(back.plain).toContain('La demande a changé entre-temps');
    expect(back.plain).toContain('Le projet d’Alex');
    expect(back.valueOf('project')).toBe('Le projet de Nadia');
    expect((await kickoffOf(teams, file)).details.project).toBe('Le projet d’Alex');
    await teams.mustClick(nadia, back, 'Envoyer au Courtier', other);
    expect((await kickoffOf(teams, file)).details.project).toBe('Le projet de Nadia');
  });

  test('sent again from a form drawn before, does not bring back an address that the staff corrected', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    const { id, revision } = await kickoffOf(teams, file);
    const form = await teams.mustPress(alex, 'kickoff.edit', { kickoff: id });
    const contact = { contactName: 'Léa', contactEmail: 'lea@airelle.example' };
    await teams.mustPress(diane, 'kickoff.correctAddress', { kickoff: id, revision, ...contact });
    const back = await teams.formBack(alex, form, 'Envoyer au Courtier', { ...DETAILS, project: 'Plus' });
    expect(back.plain).toContain('lea@airelle.example');
    expect((await kickoffOf(teams, file)).details).toMatchObject({ ...contact, project: DETAILS.project });
  });

  test('is for the members of the file only', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    const { id, revision } = await kickoffOf(teams, file);
    for (const person of [samuel, nadia])
      expect(
        await teams.reaches(person, [
          ['kickoff.open', { file }],
          ['kickoff.status', { kickoff: id }],
          ['kickoff.cancel', { kickoff: id, revision }],
          ['kickoff.choose', { kickoff: id, round: 1, slots: id }],
          ['kickoff.noneSuits', { kickoff: id, round: 1 }],
          ['kickoff.confirm', { kickoff: id, step: 4 }],
        ]),
      ).toEqual([]);
  });

  test('more can be asked of the client, who completes it', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    const { id, revision } = await kickoffOf(teams, file);
    await teams.press(
      diane,
      'kickoff.ask',
      { kickoff: id, revision, question: 'Combien de salles ?' },
      staffRoom,
    );
    await teams.runJobs();
    expect(told().at(-1)).toContain('« Combien de salles ? »');
    expect((await teams.asks(alex, 'rencontre')).plain).toContain(
      'Le Courtier demande : « Combien de salles ? »',
    );
    await requested(teams, file, { quantities: '3 salles' });
    expect(staffCard(teams).plain).toContain('Le client a complété sa demande.');
  });

  test('is taken over by name', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    const shown = await teams.mustClick(diane, staffCard(teams), 'Prendre en charge', {}, staffRoom);
    expect(shown.plain).toContain('Suivie par Diane Tremblay');
  });

  test('a client can neither see nor forge the staff’s side', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    const { id, revision } = await kickoffOf(teams, file);
    expect(
      await teams.reaches(alex, [
        ['kickoff.look', { kickoff: id }],
        ['kickoff.list', { page: 1 }],
        ['kickoff.take', { kickoff: id }],
        ['kickoff.ask', { kickoff: id, revision, question: 'x' }],
        ['kickoff.propose', { kickoff: id, revision }],
        ['kickoff.supplierLink', { kickoff: id }],
        ['kickoff.confirmBroker', { kickoff: id, step: 2 }],
        ['kickoff.staffCancel', { kickoff: id, revision }],
      ]),
    ).toEqual([]);
    expect((await kickoffOf(teams, file)).revision).toBe(revision);
  });
});

describe('the moments', () => {
  test('are proposed to the client and held; a card seen before changes nothing', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    const { id, revision } = await kickoffOf(teams, file);
    expect(
      (await teams.mustPress(diane, 'kickoff.propose', { kickoff: id, revision }, staffRoom)).plain,
    ).toContain('Transmettez maintenant le lien');
    expect(
      (await teams.mustPress(diane, 'kickoff.propose', { kickoff: id, revision }, staffRoom)).plain,
    ).toContain('a changé entre-temps');
    await teams.runJobs();
    expect(told(alex, 'kickoff/slots').at(-1)).toContain('vous propose des moments');
    const choice = await teams.mustPress(alex, 'kickoff.slots', { kickoff: id });
    // Five business days of notice from Monday 23 November: Monday 30.
    expect(JSON.stringify(choice.json)).toContain('lundi 30 novembre 2026, de 9');
  });

  test('the first that suits all is booked, and everybody is told', async () => {
    const file = await aFile(teams);
    const all = await proposed(teams, file);
    await clientChooses(teams, all, all.slots.slice(1));
    const page = await supplierChooses(teams, all, all.slots.slice(2));
    await teams.runJobs();
    const { state, startsAt } = await kickoffOf(teams, file);
    expect([state, startsAt]).toEqual(['booked', all.slots[2]?.startsAt]);
    expect(page.body).toContain('Ce moment convient à tous');
    expect(told().some((plain) => plain.includes('La rencontre avec airelle inc. est fixée'))).toBe(true);
    expect(staffCard(teams).plain).toContain('La rencontre est fixée');
  });

  test('where none suits both, the next ones are proposed and the refused never again', async () => {
    const file = await aFile(teams);
    const all = await proposed(teams, file);
    await clientChooses(teams, all, all.slots.slice(0, 1));
    await supplierChooses(teams, all, all.slots.slice(1, 2));
    const kickoff = await kickoffOf(teams, file);
    expect([kickoff.state, kickoff.round]).toEqual(['proposed', 2]);
    const next = await teams.services.kickoffs.slots(kickoff);
    const before = new Set(all.slots.map(({ startsAt }) => startsAt.getTime()));
    expect(next.filter(({ startsAt }) => before.has(startsAt.getTime()))).toEqual([]);
  });

  test('nobody who can come to any of them gets others at once', async () => {
    const file = await aFile(teams);
    const all = await proposed(teams, file);
    expect((await clientChooses(teams, all, [])).plain).toContain('Voici d’autres moments.');
    expect((await kickoffOf(teams, file)).round).toBe(2);
  });

  test('nothing ticked is no answer: the form comes back, and « Aucun ne convient » is confirmed', async () => {
    const file = await aFile(teams);
    await proposed(teams, file);
    const moments = teams.newest(alex, 'kickoff/slots');
    const form = await teams.formBack(alex, moments, 'Envoyer mes choix', { slots: '' });
    expect(form.plain).toContain('Cochez au moins un moment, ou pressez « Aucun ne convient ».');
    expect((await kickoffOf(teams, file)).round).toBe(1);
    const next = await teams.mustClick(alex, form, 'Confirmer : aucun ne convient');
    expect(next.template).toBe('kickoff/slots');
    expect((await kickoffOf(teams, file)).round).toBe(2);
  });

  test('the moments that follow are on the card that was pressed, and no other card like it comes to whoever pressed', async () => {
    const file = await aFile(teams);
    await teams.services.files.share(alex, file, nadia);
    const all = await proposed(teams, file);
    const before = teams.received(alex, 'kickoff/slots').length;
    const hers = teams.received(nadia, 'kickoff/slots').length;
    expect((await clientChooses(teams, all, [])).template).toBe('kickoff/slots');
    await teams.runJobs();
    expect(teams.received(alex, 'kickoff/slots')).toHaveLength(before);
    expect(teams.received(nadia, 'kickoff/slots')).toHaveLength(hers + 1);
  });

  test('a supplier who ticks nothing is asked again, and keeps their word; none is confirmed by its own button', async () => {
    const file = await aFile(teams);
    const { token, kickoff } = await proposed(teams, file);
    const form = { what: 'choose', round: String(kickoff.round), remark: 'En janvier plutôt' };
    const asked = await visit(teams, token, form);
    expect(asked.status).toBe(422);
    expect(String(asked.body)).toContain('Cochez au moins un moment');
    expect(String(asked.body)).toContain('En janvier plutôt</textarea>');
    expect((await kickoffOf(teams, file)).round).toBe(1);
    const none = await visit(teams, token, { ...form, none: 'yes' });
    expect(String(none.body)).toContain('Voici d’autres moments.');
    expect((await kickoffOf(teams, file)).round).toBe(2);
  });

  test('an answer to an older round changes nothing', async () => {
    const file = await aFile(teams);
    const all = await proposed(teams, file);
    await clientChooses(teams, all, []);
    expect((await clientChooses(teams, all, all.slots, 1)).plain).toContain('a changé entre-temps');
    expect((await supplierChooses(teams, all, all.slots, 1)).status).toBe(409);
    expect((await kickoffOf(teams, file)).state).toBe('proposed');
  });

  test('moments of another request cannot be chosen', async () => {
    const [one, other] = [await aFile(teams), await aFile(teams, { name: 'Autre' })];
    const [mine, theirs] = [await proposed(teams, one), await proposed(teams, other)];
    await clientChooses(teams, mine, theirs.slots);
    await supplierChooses(teams, mine, theirs.slots);
    expect((await kickoffOf(teams, one)).state).toBe('proposed');
    expect((await kickoffOf(teams, other)).state).toBe('proposed');
    expect(new Set([...mine.slots, ...theirs.slots].map(({ startsAt }) => startsAt.getTime())).size).toBe(
      mine.slots.length + theirs.slots.length,
    );
  });

  test('are let go when nobody answers in time, and all are told', async () => {
    const file = await aFile(teams);
    await proposed(teams, file);
    teams.clock.advance({ days: 4 });
    await teams.runJobs();
    expect((await kickoffOf(teams, file)).state).toBe('requested');
    expect(told().at(-1)).toContain('ne sont plus réservés');
    expect(staffCard(teams).plain).toContain('Tous n’ont pas répondu à temps');
  });

  test('that have begun are not booked any more', async () => {
    const file = await aFile(teams);
    const all = await proposed(teams, file);
    await clientChooses(teams, all, all.slots.slice(0, 1));
    // A hold that outlasts its moment: the database is told so, the rules never give one.
    await teams.db.execute(sql`update kickoff_slots set expires_at = '2026-12-31T00:00:00Z'`);
    teams.clock.advance({ days: 7 });
    await supplierChooses(teams, all, all.slots.slice(0, 1));
    expect((await kickoffOf(teams, file)).state).not.toBe('booked');
  });

  test('never fall on a half-day that the client refused', async () => {
    const file = await aFile(teams);
    await requested(teams, file, { never: 'monday-am,monday-pm,tuesday-am' });
    const { id, revision } = await kickoffOf(teams, file);
    await teams.press(diane, 'kickoff.propose', { kickoff: id, revision }, staffRoom);
    const [first] = await teams.services.kickoffs.slots(await kickoffOf(teams, file));
    expect(first?.startsAt.toISOString()).toBe('2026-12-01T18:00:00.000Z');
  });
});

describe('the meeting', () => {
  test('is recalled five business days before, the day before, an hour before, and asked about after', async () => {
    const file = await aFile(teams);
    await booked(teams, file);
    const heard: string[] = [];
    // Hour by hour until the day after: Monday 30 November, 9 h.
    for (let hour = 0; hour < 24 * 8; hour++) {
      const before = told().length;
      const cards = recalling(teams).cards().length;
      await recalling(teams).hour();
      const at = teams.clock.local();
      const when = `${at.toPlainDate()} ${at.hour} h`;
      for (const plain of told().slice(before)) {
        const [, , , notice = ''] = plain.split('\n');
        heard.push(`${when} ${notice.slice(0, 40)}`);
      }
      for (const { plain } of recalling(teams).cards().slice(cards))
        heard.push(`${when} ${/(Préparer|Dire si) la rencontre/.exec(plain)?.[0]}`);
      teams.clock.advance({ hours: 1 });
    }
    expect(heard).toEqual([
      '2026-11-23 10 h Préparer la rencontre',
      '2026-11-27 8 h Préparer la rencontre',
      '2026-11-30 8 h Votre rencontre commence dans une heure.',
      '2026-11-30 10 h Dire si la rencontre',
    ]);
  });

  test('moved, its reminders go with it and other moments are proposed', async () => {
    const file = await aFile(teams);
    const { kickoff } = await booked(teams, file);
    const shown = await teams.mustPress(alex, 'kickoff.move', {
      kickoff: kickoff.id,
      revision: kickoff.revision,
    });
    expect(shown.plain).toContain('Voici d’autres moments.');
    teams.posted.length = 0;
    teams.clock.advance({ days: 7 });
    await recalling(teams).hour();
    expect(recalling(teams).cards()).toEqual([]);
    expect(told().filter((plain) => plain.includes('dans une heure'))).toEqual([]);
    expect((await kickoffOf(teams, file)).slotId).toBeNull();
  });

  test('moved by the supplier, the client is told that it is not theirs to keep', async () => {
    const file = await aFile(teams);
    const { kickoff, token } = await booked(teams, file);
    await visit(teams, token, { what: 'move', revision: String(kickoff.revision) });
    await teams.runJobs();
    expect(told(alex, 'kickoff/slots').at(-1)).toContain(
      'Le fournisseur ne peut plus être là au moment prévu',
    );
  });

  test('that has begun is not moved any more, by anyone', async () => {
    const file = await aFile(teams);
    const { kickoff, token } = await booked(teams, file);
    teams.clock.advance({ days: 7 });
    const { id, revision } = kickoff;
    expect((await visit(teams, token)).body).not.toContain('ne me convient plus');
    expect((await visit(teams, token, { what: 'move', revision: String(revision) })).status).toBe(409);
    expect((await teams.mustPress(alex, 'kickoff.move', { kickoff: id, revision })).plain).toContain(
      'a changé entre-temps',
    );
    expect(await kickoffOf(teams, file)).toMatchObject({ state: 'booked', slotId: kickoff.slotId });
  });

  test('cancelled, nothing more is said of it, and another can be asked for', async () => {
    const file = await aFile(teams);
    const { kickoff } = await booked(teams, file);
    await teams.press(alex, 'kickoff.cancel', { kickoff: kickoff.id, revision: kickoff.revision });
    await teams.runJobs();
    teams.posted.length = 0;
    teams.clock.advance({ days: 10 });
    await teams.runJobs();
    expect(told()).toEqual([]);
    expect((await requested(teams, file)).plain).toContain('Votre demande est envoyée');
  });

  test('cannot have taken place before it began', async () => {
    const { kickoff } = await booked(teams, await aFile(teams));
    const data = { kickoff: kickoff.id, slot: kickoff.slotId, yes: true };
    expect(await teams.refusedPress(alex, 'kickoff.tookPlace', data)).toContain('pas encore commencé');
  });

  test('whether it took place is said in two presses, and the first says what the second does', async () => {
    const { kickoff } = await booked(teams, await aFile(teams));
    teams.clock.advance({ days: 8 });
    const mine = await teams.mustPress(alex, 'kickoff.status', { kickoff: kickoff.id });
    const theirs = await teams.mustPress(diane, 'kickoff.look', { kickoff: kickoff.id }, staffRoom);
    for (const card of [mine, theirs]) {
      const { actions } = card.json as { actions: { type: string; title: string; card?: object }[] };
      const answers = actions.filter(({ title }) => title.startsWith('Elle '));
      expect(answers.map(({ type }) => type)).toEqual(['Action.ShowCard', 'Action.ShowCard']);
      const said = answers.map((answer) => JSON.stringify(answer.card));
      expect(said[0]).toContain('Les étapes suivantes s’ouvrent');
      expect(said[1]).toContain('Son heure est rendue');
    }
    expect(mine.offers('Confirmer : elle n’a pas eu lieu')).toBe(true);
  });

  test('that did not take place waits for other moments', async () => {
    const file = await aFile(teams);
    const { kickoff } = await booked(teams, file);
    teams.clock.advance({ days: 8 });
    await teams.press(alex, 'kickoff.tookPlace', { kickoff: kickoff.id, slot: kickoff.slotId, yes: false });
    expect((await kickoffOf(teams, file)).state).toBe('requested');
  });
});

test('a person’s own requests are exported; erased, they are a colleague’s where there is one', async () => {
  const file = await aFile(teams);
  await requested(teams, file);
  const { id } = await kickoffOf(teams, file);
  expect(await teams.services.kickoffs.heldOf(alex)).toHaveLength(1);
  await teams.services.files.share(alex, file, nadia);
  await teams.services.privacy.erase(alex, newId());
  expect((await teams.services.kickoffs.findKickoff(id)).requesterName).toBe(nadia.name);
});

test('cancelled requests are forgotten after a year', async () => {
  const file = await aFile(teams);
  await requested(teams, file);
  const { id, revision } = await kickoffOf(teams, file);
  await teams.press(alex, 'kickoff.cancel', { kickoff: id, revision });
  teams.clock.advance({ days: 364 });
  await teams.services.forgetting.forget();
  await teams.services.kickoffs.findKickoff(id);
  teams.clock.advance({ days: 2 });
  await teams.services.forgetting.forget();
  await expect(teams.services.kickoffs.findKickoff(id)).rejects.toThrow('introuvable');
});
