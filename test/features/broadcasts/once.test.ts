import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { Installer } from '../../../src/core/ports.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, diane, nadia, personalChat, samuel, silentTurn } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';
import {
  countOf,
  onEveryDatabase,
  pressOnceFiftyTimes,
  pressTogether,
  sending,
  traces,
} from '../../support/together.ts';

const WORDS = { title: 'Nouvelle version du guide', text: 'Le guide est à jour.' };
const installer: Installer = {
  tenantId: alex.tenantId,
  forPerson: async () => 'installed',
  forTeam: async () => 'installed',
};

onEveryDatabase({ installer }, (teams, processes) => {
  beforeEach(async () => {
    for (const person of [alex, diane, samuel]) await teams.install(personalChat(person), person);
    for (const person of [diane, samuel]) await giveRole(teams, person, 'staff');
    for (const person of [alex, nadia])
      await teams.services.catalogue.subscriptions.subscribe(silentTurn(person), { kind: 'all', id: 'all' });
    teams.posted.length = 0;
  });

  const jobs = (name: string) => teams.jobs.waiting(name);
  const templates = (name: string, to = alex) =>
    teams
      .in(personalChat(to))
      .filter(({ content }) => typeof content === 'object' && content.template === name);

  async function compose() {
    await teams.says(diane, 'diffuser');
    return (await teams.click(diane, teams.lastCard(), 'Nouvel avis')).card;
  }

  /** The card that shows a notice to all subscribers before it leaves. */
  async function preview(): Promise<ShownCard | undefined> {
    const aim = await teams.click(diane, (await compose()) as ShownCard, 'Continuer', WORDS);
    const inputs = { groups: 'subscribers', organizations: '' };
    return (await teams.click(diane, aim.card as ShownCard, 'Voir avant d’envoyer', inputs)).card;
  }

  /** Sends what is due, then redraws the card that follows it. */
  async function settle(): Promise<ShownCard> {
    await teams.runJobs();
    teams.clock.advance({ seconds: 6 });
    await teams.runJobs();
    const item = templates('broadcasts/progress', diane).at(-1);
    if (typeof item?.content !== 'object') throw new Error('nothing follows');
    return teams.shown(item.content);
  }

  test('a new notice written fifty times with one form is one draft', async () => {
    const sent = sending(diane, await compose(), 'Continuer', WORDS);
    const { card } = await pressOnceFiftyTimes(processes(), sent);
    expect(card?.template).toBe('broadcasts/audience');
    expect(await countOf(teams, sql`broadcasts`)).toBe(1);
    expect(await traces(teams, 'broadcast.create')).toBe(1);
  });

  test('other words, or another form, are another notice', async () => {
    const card = await compose();
    for (const title of ['Un', 'Deux'])
      await pressTogether([teams], sending(diane, card, 'Continuer', { ...WORDS, title }), 2);
    await pressTogether(
      [teams],
      sending(diane, await compose(), 'Continuer', { ...WORDS, title: 'Deux' }),
      2,
    );
    expect(await countOf(teams, sql`broadcasts`)).toBe(3);
  });

  test('an edition sent fifty times at once is one, and the others see what it became', async () => {
    const card = await preview();
    const edit = await teams.click(diane, card as ShownCard, 'Modifier le texte');
    const answers = await pressTogether(
      processes(),
      sending(diane, edit.card, 'Continuer', { ...WORDS, title: 'Autre titre' }),
    );
    expect(answers.filter((answer) => answer.card?.template === 'broadcasts/audience')).toHaveLength(1);
    expect(answers.filter((answer) => answer.card?.words.includes('a changé entre-temps'))).toHaveLength(49);
    expect(await traces(teams, 'broadcast.edit')).toBe(2);
  });

  test('a notice confirmed fifty times at once leaves once, and is followed once', async () => {
    await pressTogether(processes(), sending(diane, await preview(), 'Confirmer l’envoi'));
    expect(await traces(teams, 'broadcast.release')).toBe(1);
    expect(await jobs('broadcasts.follow')).toHaveLength(1);
    await settle();
    expect(templates('broadcasts/message')).toHaveLength(1);
    expect(templates('broadcasts/progress', diane)).toHaveLength(1);
  });

  test('confirmed by one while another takes it back: it is the one or the other', async () => {
    const card = await preview();
    const [first = teams, second = first] = processes();
    const open = card?.buttons.find(({ verb }) => verb === 'broadcasts.discard');
    await Promise.all([
      pressTogether([first], sending(diane, card, 'Confirmer l’envoi'), 1),
      pressTogether([second], { person: samuel, verb: open?.verb, data: open?.data ?? {} }, 1),
    ]);
    await teams.runJobs();
    const released = await traces(teams, 'broadcast.release');
    expect(released + (await traces(teams, 'broadcast.discard'))).toBe(1);
    expect(templates('broadcasts/message')).toHaveLength(released);
  });

  test('a correction sent fifty times at once is one edition', async () => {
    await teams.click(diane, (await preview()) as ShownCard, 'Confirmer l’envoi');
    const progress = await settle();
    const edit = await teams.click(diane, progress, 'Corriger');
    const sent = sending(diane, edit.card, 'Corriger', { ...WORDS, text: 'Corrigé.' });
    await pressTogether(processes(), sent);
    expect(await countOf(teams, sql`broadcasts where edition = 2`)).toBe(1);
    expect(await traces(teams, 'broadcast.correct')).toBe(1);
    expect(await jobs('broadcasts.correct')).toHaveLength(1);
  });

  test('a notice sent again with fifty presses of one button is sent again once', async () => {
    await teams.click(diane, (await preview()) as ShownCard, 'Confirmer l’envoi');
    const list = await teams.click(diane, await settle(), 'Qui ne l’a pas reçu');
    const ask = await teams.click(diane, list.card as ShownCard, 'Renvoyer');
    const sent = sending(diane, ask.card, 'Renvoyer aux non joints');
    await teams.install(personalChat(nadia), nadia);
    const before = templates('broadcasts/progress', diane).length;
    await pressOnceFiftyTimes(processes(), sent);
    expect(await traces(teams, 'broadcast.resend.failed')).toBe(1);
    expect(templates('broadcasts/progress', diane)).toHaveLength(before + 1);
    await settle();
    expect(templates('broadcasts/message', nadia)).toHaveLength(1);
  });

  test('results asked for fifty times with one button are behind one link', async () => {
    await teams.click(diane, (await preview()) as ShownCard, 'Confirmer l’envoi');
    const button = (await settle()).buttons.find(({ verb }) => verb === 'broadcasts.export');
    await pressOnceFiftyTimes(processes(), { person: diane, verb: button?.verb, data: button?.data ?? {} });
    expect(await countOf(teams, sql`download_links`)).toBe(1);
  });

  test('an installation asked for fifty times with one button is one', async () => {
    const card = await preview();
    const missing = card?.buttons.find(({ verb }) => verb === 'broadcasts.recipients');
    const { card: list } = await teams.press(diane, personalChat(diane), missing?.verb, missing?.data);
    await pressOnceFiftyTimes(processes(), sending(diane, list, 'Confirmer l’installation'));
    expect(await traces(teams, 'broadcast.install')).toBe(1);
    expect(await jobs('broadcasts.installSome')).toHaveLength(1);
  });

  test('a team in which it is installed with fifty presses of one button leaves one trace', async () => {
    await teams.says(admin, 'diffuser');
    const group = '44444444-4444-4444-8444-444444444444';
    const link = `https://teams.microsoft.com/l/team/x/conversations?groupId=${group}&tenantId=${alex.tenantId}`;
    await pressOnceFiftyTimes(processes(), sending(admin, teams.lastCard(), 'Installer', { link }));
    expect(await traces(teams, 'teams.install.installed')).toBe(1);
  });

  test('« J’ai pris connaissance » pressed fifty times is counted once', async () => {
    const aim = await teams.click(diane, (await compose()) as ShownCard, 'Continuer', {
      ...WORDS,
      acknowledge: 'true',
    });
    const inputs = { groups: 'subscribers', organizations: '' };
    const seen = await teams.click(diane, aim.card as ShownCard, 'Voir avant d’envoyer', inputs);
    await teams.click(diane, seen.card as ShownCard, 'Confirmer l’envoi');
    await settle();
    const [message] = templates('broadcasts/message');
    if (typeof message?.content !== 'object') throw new Error('not received');
    await pressOnceFiftyTimes(processes(), sending(alex, teams.shown(message.content), 'connaissance'));
    expect(await countOf(teams, sql`broadcast_acknowledgements`)).toBe(1);
  });
});
