import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import {
  compose,
  confirmed,
  confirming,
  followAll,
  linkToTeam,
  preview,
  settle,
  WORDS,
  willing,
} from '../../support/broadcasts.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, diane, nadia, samuel } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import type { ShownCard } from '../../support/shown-card.ts';
import {
  onEveryDatabase,
  pressAllTogether,
  pressOnceFiftyTimes,
  pressTogether,
  sending,
  traces,
} from '../../support/together.ts';

onEveryDatabase({ installer: willing }, (teams, processes) => {
  beforeEach(async () => {
    for (const person of [alex, diane, samuel]) await teams.install(person);
    for (const person of [diane, samuel]) await giveRole(teams, person, 'staff');
    await followAll(teams, alex, nadia);
    teams.posted.length = 0;
  });

  const jobs = (name: string) => teams.jobs.waiting(name);
  const messages = (to = alex) => teams.received(to, 'broadcasts/message');
  const followed = () => teams.received(diane, 'broadcasts/progress');
  const form = () => compose(teams, diane);
  /** The card that shows a notice to all subscribers before it leaves. */
  const written = () => preview(teams, diane);

  /** The card that confirms it. */
  const asked = async () => confirming(teams, diane, await written());
  const submitting = (card: ShownCard) => ({ person: diane, ...card.buttonFor('broadcasts.submit') });

  /** Sends a notice; the card that follows it. */
  async function sent(changes: object = {}): Promise<ShownCard> {
    await confirmed(teams, diane, await preview(teams, diane, changes));
    await settle(teams);
    return teams.newest(diane, 'broadcasts/progress');
  }

  test('a new notice written fifty times with one form is one draft', async () => {
    const sent = sending(diane, await form(), 'Continuer', WORDS);
    const { card } = await pressOnceFiftyTimes(processes(), sent);
    expect(card?.template).toBe('broadcasts/audience');
    expect(await countOf(teams, sql`broadcasts`)).toBe(1);
    expect(await traces(teams, 'broadcast.create')).toBe(1);
  });

  test('other words, or another form, are another notice', async () => {
    const card = await form();
    for (const title of ['Un', 'Deux'])
      await pressTogether([teams], sending(diane, card, 'Continuer', { ...WORDS, title }), 2);
    await pressTogether([teams], sending(diane, await form(), 'Continuer', { ...WORDS, title: 'Deux' }), 2);
    expect(await countOf(teams, sql`broadcasts`)).toBe(3);
  });

  test('an edition sent fifty times at once is one, and the others see what it became', async () => {
    const card = await written();
    const edit = await teams.mustClick(diane, card, 'Modifier le texte');
    const answers = await pressTogether(
      processes(),
      sending(diane, edit, 'Continuer', { ...WORDS, title: 'Autre titre' }),
    );
    expect(answers.filter((answer) => answer.card?.template === 'broadcasts/audience')).toHaveLength(1);
    expect(answers.filter((answer) => answer.card?.words.includes('a changé entre-temps'))).toHaveLength(49);
    // The audience was chosen as it was: that is no edition.
    expect(await traces(teams, 'broadcast.edit')).toBe(1);
  });

  test('a notice confirmed fifty times at once leaves once, and is followed once', async () => {
    await pressTogether(processes(), submitting(await asked()));
    expect(await traces(teams, 'broadcast.release')).toBe(1);
    expect(await jobs('broadcasts.follow')).toHaveLength(1);
    await settle(teams);
    expect(messages()).toHaveLength(1);
    expect(followed()).toHaveLength(1);
  });

  test('confirmed by one while another takes it back: it is the one or the other', async () => {
    const card = await written();
    await pressAllTogether(processes(), [
      submitting(await confirming(teams, diane, card)),
      { person: samuel, ...card.buttonFor('broadcasts.discard') },
    ]);
    await teams.runJobs();
    const released = await traces(teams, 'broadcast.release');
    expect(released + (await traces(teams, 'broadcast.discard'))).toBe(1);
    expect(messages()).toHaveLength(released);
  });

  test('a stopped sending taken up fifty times by two of the staff goes on once', async () => {
    const hour = { date: '2026-12-01', time: '09:30' };
    const followed = await confirmed(teams, diane, await written(), hour);
    const stopped = await teams.mustClick(diane, followed, 'Confirmer l’arrêt');
    const button = (await confirming(teams, diane, stopped)).buttonFor('broadcasts.resume');
    await pressAllTogether(
      processes(),
      Array.from({ length: 50 }, (_, n) => ({ person: n % 2 === 0 ? diane : samuel, ...button })),
    );
    await settle(teams);
    expect(await traces(teams, 'broadcast.resume')).toBe(1);
    expect(messages()).toHaveLength(1);
  });

  test('a copy written fifty times with one form is one draft', async () => {
    const copy = await teams.mustClick(diane, await sent(), 'Dupliquer');
    await pressOnceFiftyTimes(processes(), sending(diane, copy, 'Continuer', WORDS));
    expect(await countOf(teams, sql`broadcasts`)).toBe(2);
  });

  test('a correction sent fifty times at once is one edition', async () => {
    const edit = await teams.mustClick(diane, await sent(), 'Corriger');
    await pressTogether(processes(), sending(diane, edit, 'Corriger', { ...WORDS, text: 'Corrigé.' }));
    expect(await countOf(teams, sql`broadcasts where edition = 2`)).toBe(1);
    expect(await traces(teams, 'broadcast.correct')).toBe(1);
    expect(await jobs('broadcasts.correct')).toHaveLength(1);
  });

  test('a notice sent again with fifty presses of one button is sent again once', async () => {
    const list = await teams.mustClick(diane, await sent(), 'Qui ne l’a pas reçu');
    const ask = await teams.mustClick(diane, list, 'Renvoyer');
    await teams.install(nadia);
    const before = followed().length;
    await pressOnceFiftyTimes(processes(), sending(diane, ask, 'Renvoyer aux non joints'));
    expect(await traces(teams, 'broadcast.resend.failed')).toBe(1);
    expect(followed()).toHaveLength(before + 1);
    await settle(teams);
    expect(messages(nadia)).toHaveLength(1);
  });

  test('results asked for fifty times with one button are behind one link', async () => {
    const button = (await sent()).buttonFor('broadcasts.export');
    await pressOnceFiftyTimes(processes(), { person: diane, ...button });
    expect(await countOf(teams, sql`download_links`)).toBe(1);
  });

  test('an installation asked for fifty times with one button is one', async () => {
    const card = await written();
    const list = await teams.mustClick(diane, card, card.buttonFor('broadcasts.recipients').title);
    await pressOnceFiftyTimes(processes(), sending(diane, list, 'Confirmer l’installation'));
    expect(await traces(teams, 'broadcast.install')).toBe(1);
    expect(await jobs('broadcasts.installSome')).toHaveLength(1);
  });

  test('a team in which it is installed with fifty presses of one button leaves one trace', async () => {
    const card = await teams.asks(admin, 'diffuser');
    const link = linkToTeam(admin.tenantId);
    await pressOnceFiftyTimes(processes(), sending(admin, card, 'Installer', { link }));
    expect(await traces(teams, 'teams.install.installed')).toBe(1);
  });

  test('« J’ai pris connaissance » pressed fifty times is counted once', async () => {
    await sent({ acknowledge: 'true' });
    const message = teams.newest(alex, 'broadcasts/message');
    await pressOnceFiftyTimes(processes(), sending(alex, message, 'connaissance'));
    expect(await countOf(teams, sql`broadcast_acknowledgements`)).toBe(1);
  });
});
