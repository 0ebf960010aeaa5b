import { beforeEach, describe, expect, test } from '@jest/globals';
import { aContract } from '../../../support/contracts.ts';
import { evaluating } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { colleagues } from '../../../support/organization.ts';
import {
  alex,
  channel,
  diane,
  nadia,
  personalChat,
  samuel,
  staffRoom,
  strangers,
} from '../../../support/people.ts';
import { traces } from '../../../support/together.ts';

// When contracts are asked about, who is reminded, in people's chats and in channels.

const teams = fakeTeams();
const { campaign, evaluation, submit, tick, run, day, answer, answerRefused } = evaluating(teams);
const evaluationOf = async (title: string) =>
  (await teams.services.evaluations.evaluationsPage(alex, 1, 20)).rows.find((row) => row.title === title)
    ?.evaluation.id;
const inChannel = (verb: string, person = alex) => teams.mustPress(person, verb, {}, channel);
const places = {
  [personalChat(alex).id]: 'Alex',
  [personalChat(nadia).id]: 'Nadia',
  [staffRoom.id]: 'équipe',
  [channel.id]: 'canal',
};

/** Signed on 20 December 2025: its first anniversary comes in four weeks. */
const SIGNED = { signedOn: '2025-12-20', startsOn: '2026-01-05', endsOn: '2028-12-15' };

beforeEach(() => people(teams));

describe('by anniversary', () => {
  test('an evaluation opens thirty days before the anniversary of the signature, and is due on it', async () => {
    await aContract(teams, SIGNED);
    await campaign(365, 0, 'anniversary');
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 5);
    expect(rows.map(({ evaluation: { opensOn, closesOn, year } }) => [opensOn, closesOn, year])).toEqual([
      // The campaign itself opened later than that.
      ['2026-11-23', '2026-12-20', 2026],
    ]);
  });

  test('one whose day has not come is neither shown, nor answered, nor reminded of', async () => {
    await aContract(teams, { ...SIGNED, signedOn: '2026-06-30', startsOn: '2026-07-01' });
    const id = await campaign(365, 0, 'anniversary');
    expect(await evaluation()).toBe('');
    expect(await teams.services.campaigns.participation(id)).toMatchObject({ open: 0, coming: 1 });
    await tick();
    expect(teams.in(alex)).toEqual([]);
    teams.clock.advance({ days: 189 });
    await tick();
    expect((await answer(await evaluation(), 1)).plain).toContain('C’est enregistré.');
  });

  test('a contract that ends before its anniversary is not asked about', async () => {
    await aContract(teams, { ...SIGNED, endsOn: '2026-12-19' });
    const id = await campaign(365, 0, 'anniversary');
    expect(await teams.services.campaigns.participation(id)).toMatchObject({ open: 0, coming: 0 });
  });

  test('one signed on 29 February is due on 28 February', async () => {
    teams.clock.advance({ days: 464 });
    await aContract(teams, {
      signedOn: '2028-02-29',
      startsOn: '2028-03-01',
      endsOn: '2030-02-28',
      rcti: 'false',
    });
    await campaign(365, 0, 'anniversary');
    teams.clock.advance({ days: 340 });
    await tick();
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 5);
    expect(rows.map(({ evaluation: { closesOn } }) => closesOn)).toEqual(['2029-02-28']);
  });

  test('a contract that is noted during the campaign is taken in', async () => {
    const id = await campaign(365, 0, 'anniversary');
    await aContract(teams, SIGNED);
    await tick();
    expect(await teams.services.campaigns.participation(id)).toMatchObject({ open: 1 });
  });

  test('the staff hear on Mondays of those that came to be late, once', async () => {
    await aContract(teams, SIGNED);
    await campaign(365, 0, 'anniversary');
    const heard = await run(60, places);
    expect(heard.filter((line) => line.includes('équipe'))).toEqual([
      '2026-12-21 équipe 1 évaluation sans réponse, repère passé.',
    ]);
  });

  test('prolonged, it takes in the anniversaries of the days that are added', async () => {
    await aContract(teams, { ...SIGNED, signedOn: '2026-03-10', startsOn: '2026-04-01' });
    const id = await campaign(60, 0, 'anniversary');
    expect(await teams.services.campaigns.participation(id)).toMatchObject({ coming: 0 });
    await teams.mustPress(diane, 'evaluations.extend', { campaign: id, revision: 1, closesOn: '2027-04-30' });
    expect(await teams.services.campaigns.participation(id)).toMatchObject({ coming: 1 });
  });
});

describe('before it is started', () => {
  const wanted = (changes = {}) => ({
    kind: 'window',
    name: 'Évaluations *2026*',
    opensOn: day(0),
    closesOn: day(45),
    ...changes,
  });

  test('a campaign says how many contracts it asks about and whom, and starts nothing', async () => {
    const contract = await aContract(teams);
    await aContract(teams);
    await teams.mustPress(nadia, 'contracts.follow', { contract });
    const card = await teams.mustPress(diane, 'evaluations.prepare', wanted());
    expect(card.plain).toContain('2 contrats à évaluer, que 2 personnes suivent.');
    expect(card.plain).toContain('s’ouvre aujourd’hui');
    expect((await teams.services.campaigns.campaignsPage(1, 5)).total).toBe(0);
  });

  test('what another campaign asked about this year is not counted', async () => {
    await aContract(teams);
    await campaign();
    const card = await teams.mustPress(diane, 'evaluations.prepare', wanted());
    expect(card.plain).toContain('Aucun contrat n’est concerné pour le moment.');
  });

  test('one that opens later says that nothing is sent before', async () => {
    const card = await teams.mustPress(diane, 'evaluations.prepare', wanted({ opensOn: day(3) }));
    expect(card.plain).toContain('Rien ne part avant l’ouverture.');
  });

  test('what was typed is kept, to start it or to change it', async () => {
    const card = await teams.mustPress(diane, 'evaluations.prepare', wanted());
    const { kind, name, opensOn, closesOn } = wanted();
    expect(card.button('Lancer la campagne').data).toMatchObject({
      agreedKind: kind,
      agreedName: name,
      agreedOpensOn: opensOn,
      agreedClosesOn: closesOn,
    });
    expect(card.inputs.map(({ value }) => value).slice(0, 4)).toEqual([
      'Évaluations *2026*',
      'window',
      day(0),
      day(45),
    ]);
  });
});

describe('a pause', () => {
  const step = async (id: string, verb: string) => {
    const { revision } = await teams.services.campaigns.findCampaign(id);
    await teams.mustPress(diane, verb, { campaign: id, revision });
  };
  const opening = (days: number) => `Évaluer le fournisseur (2026) · Nouveau · Dans ${days} jours`;

  test('before the first reminder went out only delays it', async () => {
    await aContract(teams);
    // At night, what is due waits for the morning.
    teams.clock.advance({ hours: 12 });
    const id = await campaign();
    await tick();
    await step(id, 'evaluations.pause');
    teams.clock.advance({ hours: 36 });
    await tick();
    expect(JSON.stringify(teams.in(alex))).not.toContain('Évaluer le fournisseur');
    await step(id, 'evaluations.resume');
    expect(await run(2)).toEqual([`2026-11-26 Alex ${opening(42)}`]);
  });

  test('makes nobody hear twice', async () => {
    await aContract(teams);
    const id = await campaign();
    expect(await run(1)).toEqual([`2026-11-23 Alex ${opening(45)}`]);
    await step(id, 'evaluations.pause');
    await step(id, 'evaluations.resume');
    expect(await run(2)).toEqual([]);
  });

  test('that outlasts a reminder leaves it out', async () => {
    await aContract(teams);
    teams.clock.advance({ hours: 12 });
    const id = await campaign(28);
    await tick();
    await step(id, 'evaluations.pause');
    teams.clock.advance({ days: 16, hours: 12 });
    await step(id, 'evaluations.resume');
    expect(await run(2)).toEqual(['2026-12-10 Alex Évaluer le fournisseur (2026) · Nouveau · Dans 11 jours']);
  });
});

describe('ended by mistake, a campaign', () => {
  const revisionOf = async (id: string) => (await teams.services.campaigns.findCampaign(id)).revision;
  const pressed = async (id: string, verb: string) =>
    teams.mustPress(diane, verb, { campaign: id, revision: await revisionOf(id) });
  const shown = (id: string) => teams.mustPress(diane, 'evaluations.campaign', { campaign: id });
  const titles = async (id: string) => (await shown(id)).buttons.map(({ title }) => title);

  test('is reopened: answers are taken, and nobody hears twice', async () => {
    await aContract(teams);
    const id = await campaign();
    expect(await run(1)).toHaveLength(1);
    await pressed(id, 'evaluations.close');
    expect(await answerRefused(await evaluation(), 1)).toContain('Fermée sans réponse.');
    expect((await teams.mustClick(diane, await shown(id), 'Rouvrir')).plain).toContain(
      'La campagne est rouverte. Les rappels reprennent',
    );
    expect(await traces(teams, 'campaign.reopen')).toBe(1);
    expect((await answer(await evaluation(), 1)).plain).toContain('C’est enregistré.');
    expect(await run(2)).toEqual([]);
  });

  test('reminds again at the next moment', async () => {
    await aContract(teams);
    const id = await campaign(28);
    await run(1);
    await pressed(id, 'evaluations.close');
    await run(2);
    await pressed(id, 'evaluations.reopen');
    const heard = await run(14);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('Évaluer le fournisseur (2026)');
  });

  test('thanks those who answered once, when it ends for good', async () => {
    await aContract(teams);
    const id = await campaign();
    await submit(await evaluation(), '4');
    teams.clock.advance({ hours: 12 });
    await pressed(id, 'evaluations.close');
    await pressed(id, 'evaluations.reopen');
    teams.clock.advance({ hours: 36 });
    await tick();
    expect(teams.received(alex, 'evaluations/thanks')).toHaveLength(0);
    await pressed(id, 'evaluations.close');
    teams.clock.advance({ hours: 24 });
    await tick();
    expect(teams.received(alex, 'evaluations/thanks')).toHaveLength(1);
  });

  test('that was to come is again', async () => {
    const id = await campaign(10, 5);
    await pressed(id, 'evaluations.close');
    const card = await pressed(id, 'evaluations.reopen');
    expect(card.plain).toContain('elle s’ouvrira à sa date');
    expect((await teams.services.campaigns.findCampaign(id)).state).toBe('planned');
  });

  test('is not reopened once it would have closed by itself, whatever an old card offers', async () => {
    const id = await campaign(10);
    await pressed(id, 'evaluations.close');
    expect(await titles(id)).toContain('Rouvrir');
    const old = await shown(id);
    teams.clock.advance({ days: 18 });
    expect(await titles(id)).not.toContain('Rouvrir');
    expect(await teams.refusedClick(diane, old, 'Rouvrir')).toContain('est passée : elle ne se rouvre plus');
  });

  test('of the contracts that end in a year is not ended before the year is over', async () => {
    await aContract(teams, { signedOn: '2025-01-10', startsOn: '2025-01-15', endsOn: '2026-12-15' });
    await tick();
    const { rows } = await teams.services.campaigns.campaignsPage(1, 1);
    const id = rows[0]?.id ?? '';
    expect(await titles(id)).not.toContain('Confirmer la fin');
    const seen = { campaign: id, revision: await revisionOf(id) };
    expect(await teams.refusedPress(diane, 'evaluations.close', seen)).toContain(
      'cette campagne dure jusqu’à la fin de l’année',
    );
    teams.clock.advance({ days: 40 });
    expect(await titles(id)).toContain('Confirmer la fin');
    expect((await pressed(id, 'evaluations.close')).plain).toContain('La campagne est terminée.');
  });
});

describe('once a year', () => {
  test('a contract that a campaign asked about is not asked about by another', async () => {
    await aContract(teams, SIGNED);
    await campaign(365, 0, 'anniversary');
    const second = await campaign(30);
    expect(await teams.services.campaigns.participation(second)).toMatchObject({ open: 0 });
  });

  test('one that was set apart may be asked about by another', async () => {
    await aContract(teams);
    await campaign(20);
    await teams.mustPress(diane, 'evaluations.exclude', { apart: await evaluation(), why: 'Doublon' });
    const second = await campaign(30);
    expect(await teams.services.campaigns.participation(second)).toMatchObject({ open: 1 });
  });

  test('submitted, the contract’s duty of the year is done, and no duty reminds of it', async () => {
    const contract = await aContract(teams, SIGNED);
    await campaign();
    await submit(await evaluation(), '4');
    const { done, duties } = await teams.services.contracts.followed(contract, alex);
    expect(duties.map(({ id }) => id)).toContain('yearly:2026');
    expect([...done.keys()]).toContain('yearly:2026');
  });
});

describe('staff see', () => {
  test('who answered, who is late, and whom nobody can be reached for', async () => {
    await aContract(teams, { title: 'Répondu' });
    await aContract(teams, { title: 'En retard' });
    await aContract(teams, { title: 'Sans personne' }, samuel);
    const id = await campaign(10);
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 5);
    await submit(rows.find(({ title }) => title === 'Répondu')?.evaluation.id ?? '', '4');
    await teams.services.conversations.block(personalChat(samuel).id, 'removed');
    teams.clock.advance({ days: 11 });
    const list = async (name: string) =>
      (await teams.services.campaigns.asked(id, name as 'all', 1, 10)).rows.map(({ title }) => title).sort();
    expect(await list('submitted')).toEqual(['Répondu']);
    expect(await list('late')).toEqual(['En retard', 'Sans personne']);
    expect(await list('unreachable')).toEqual(['Sans personne']);
    const { plain } = await teams.mustPress(diane, 'evaluations.campaign', {
      campaign: id,
      list: 'unreachable',
    });
    expect(plain).toContain(
      'Repère passé : 3 décembre 2026 ; la réponse est encore reçue. Personne n’est joignable.',
    );
    expect(plain).toContain('Injoignables (1)');
  });

  test('a list that does not exist is refused', async () => {
    const id = await campaign();
    const word = await teams.refusedPress(diane, 'evaluations.campaign', { campaign: id, list: 'noms' });
    expect(word).toContain('ne correspond plus');
  });
});

describe('a channel', () => {
  beforeEach(() => teams.install(channel));

  test('that a body designated gets its reminders, where nobody is named', async () => {
    await aContract(teams);
    await inChannel('evaluations.designate');
    await campaign(28);
    const heard = await run(10, places);
    expect(heard.filter((line) => line.includes('canal'))).toEqual([
      '2026-11-23 canal Le Courtier demande votre avis sur vos fournisseurs : 1 évaluation à remplir. Repère : 21 décembre 2026.',
    ]);
    const card = JSON.stringify(teams.in(channel).at(-1)?.content);
    expect(card).toContain('Courriel du ministère');
    for (const person of [alex, nadia]) expect(card).not.toContain(person.name);
  });

  test('is told of all that waits, and shows the first ten', async () => {
    for (let n = 1; n <= 12; n++) await aContract(teams, { title: `Contrat ${n}` });
    await inChannel('evaluations.designate');
    await campaign(28);
    const card = await teams.mustPress(alex, 'evaluations.designate', {}, channel);
    expect(card.plain).toContain('Contrat 10\n');
    expect(card.plain).not.toContain('Contrat 11');
    expect(card.plain).toContain('Et 2 autres.');
    const [told] = (await run(1, places)).filter((line) => line.includes('canal'));
    expect(told).toContain('12 évaluations à remplir');
  });

  test('is told of nothing that a campaign left behind', async () => {
    await aContract(teams);
    await inChannel('evaluations.designate');
    const id = await campaign(28);
    await teams.mustPress(diane, 'evaluations.close', { campaign: id, revision: 1 });
    const card = await inChannel('evaluations.designate');
    expect(card.plain).toContain('Aucune évaluation n’attend de réponse.');
  });

  test('is designated by a confirmed member only, and for one body', async () => {
    expect(await teams.refusedPress(samuel, 'evaluations.designate', {}, channel)).toContain(
      'pas encore confirmée',
    );
    await inChannel('evaluations.designate');
    await inChannel('evaluations.designate', nadia);
    expect(await teams.refusedPress(samuel, 'evaluations.stopChannel', {}, channel)).toContain('introuvable');
    expect(await teams.services.evaluationChannels.bodyOf(channel.id)).toBeDefined();
    await inChannel('evaluations.stopChannel', nadia);
    expect(await teams.services.evaluationChannels.bodyOf(channel.id)).toBeUndefined();
  });

  test('opens an evaluation in the personal chat of whoever presses it, and shows nothing of it there', async () => {
    await aContract(teams);
    await teams.install(channel);
    await inChannel('evaluations.designate');
    await campaign();
    await tick();
    teams.posted.length = 0;
    const { card, word } = await teams.press(
      nadia,
      'evaluations.toMe',
      { evaluation: await evaluation() },
      channel,
    );
    expect([card, word]).toEqual([undefined, expect.stringContaining('s’ouvre dans votre conversation')]);
    await teams.runJobs();
    expect(teams.newest(nadia).plain).toContain('Carte 1 de 2');
    expect(teams.in(channel)).toEqual([]);
    const pressed = { evaluation: await evaluation() };
    expect((await teams.press(samuel, 'evaluations.toMe', pressed, channel)).word).toContain('introuvable');
    // Whoever has no personal chat is told how to have one, not that it opens there.
    const [outsider = samuel] = strangers(1);
    await colleagues(teams, [outsider]);
    expect((await teams.press(outsider, 'evaluations.toMe', pressed, channel)).word).toContain(
      'Ajoutez Courtier à vos applications Teams',
    );
  });

  test('is no chat: the buttons do nothing elsewhere', async () => {
    expect(await teams.refusedPress(alex, 'evaluations.designate')).toContain('introuvable');
    expect(await teams.refusedPress(alex, 'evaluations.stopChannel')).toContain('introuvable');
  });
});

test('the bodies that answered nothing come first among those who are awaited', async () => {
  await aContract(teams, { title: 'Répondu' });
  await aContract(teams, { title: 'Du même organisme' });
  await colleagues(teams, [samuel], 'Ville de Rimouski');
  await aContract(teams, { title: 'D’un organisme silencieux' }, samuel);
  const id = await campaign();
  await submit(await evaluation(), '4');
  const { rows } = await teams.services.campaigns.asked(id, 'open', 1, 6);
  expect(rows.map(({ title, silent }) => [title, silent])).toEqual([
    ['D’un organisme silencieux', true],
    ['Du même organisme', false],
  ]);
  const card = await teams.mustPress(diane, 'evaluations.campaign', { campaign: id });
  expect(card.plain.match(/Cet organisme n’a encore rien répondu/g)).toHaveLength(1);
});

test('a campaign proposes business days, and more time a later one', async () => {
  await aContract(teams);
  teams.clock.advance({ days: 5 });
  const list = await teams.mustPress(diane, 'evaluations.campaigns', { page: 1 });
  // Saturday 28 November: the Monday after; forty-five days later, a Tuesday.
  expect([list.valueOf('opensOn'), list.valueOf('closesOn')]).toEqual(['2026-11-30', '2027-01-12']);
  const id = await campaign(10);
  const card = await teams.mustPress(diane, 'evaluations.campaign', { campaign: id });
  expect(card.valueOf('closesOn')).toBe('2026-12-22');
});

describe('being a reference', () => {
  const overall = (id: string, changes: object) => answer(id, 2, changes);

  test('is agreed in the form, with a way to be reached, and taken back there', async () => {
    const contract = await aContract(teams);
    await campaign();
    const id = await evaluation();
    expect(await answerRefused(id, 2, { reference: 'true' })).toContain('Dites comment vous joindre');
    await overall(id, { reference: 'true', contact: 'alex@ministere.example' });
    expect(await teams.services.contracts.consented(contract, alex)).toBe('alex@ministere.example');
    const form = await teams.mustPress(alex, 'evaluations.section', {
      evaluation: id,
      part: 2,
    });
    expect(form.valueOf('contact')).toBe('alex@ministere.example');
    await overall(id, { reference: 'false', contact: 'alex@ministere.example', revision: 3 });
    expect(await teams.services.contracts.consented(contract, alex)).toBeUndefined();
  });

  test('is each one’s own: a colleague who answers agrees to nothing for others', async () => {
    const contract = await aContract(teams);
    await campaign();
    const id = await evaluation();
    await overall(id, { reference: 'true', contact: 'alex@ministere.example' });
    await answer(id, 2, {}, nadia);
    expect(await teams.services.contracts.consented(contract, alex)).toBe('alex@ministere.example');
    expect(await teams.services.contracts.consented(contract, nadia)).toBeUndefined();
  });

  test('that was given up since is not given again by a second card that was drawn before', async () => {
    const contract = await aContract(teams);
    await campaign();
    const id = await evaluation();
    await overall(id, { reference: 'true', contact: 'alex@ministere.example' });
    const drawn = await teams.mustPress(alex, 'evaluations.section', { evaluation: id, part: 2 });
    await teams.services.contracts.revoke(alex, contract);
    const fields = Object.fromEntries(drawn.inputs.map(({ id: field, value }) => [String(field), value]));
    await teams.mustClick(alex, drawn, 'Enregistrer et quitter', fields);
    expect(await teams.services.contracts.consented(contract, alex)).toBeUndefined();
    await teams.mustClick(alex, drawn, 'Soumettre', fields);
    expect(await teams.services.contracts.consented(contract, alex)).toBeUndefined();
  });

  test('that was given since is not taken away by a second card that was drawn before', async () => {
    const contract = await aContract(teams);
    await campaign();
    const id = await evaluation();
    const drawn = await teams.mustPress(alex, 'evaluations.section', { evaluation: id, part: 2 });
    await teams.services.contracts.consent(alex, contract, 'alex@ministere.example');
    await teams.mustClick(alex, drawn, 'Enregistrer et quitter', { again: 'yes' });
    expect(await teams.services.contracts.consented(contract, alex)).toBe('alex@ministere.example');
  });
});

test('a person’s evaluations begin with those to answer; those set apart come last', async () => {
  await aContract(teams, { title: 'Sans réponse' });
  const first = await campaign(10);
  await teams.mustPress(diane, 'evaluations.close', { campaign: first, revision: 1 });
  for (const title of ['Soumis', 'Mis de côté', 'En retard']) await aContract(teams, { title });
  const second = await campaign(10);
  const { rows } = await teams.services.campaigns.asked(second, 'all', 1, 10);
  const of = (title: string) => rows.find((row) => row.title === title)?.evaluation.id ?? '';
  await submit(of('Soumis'), '4');
  await teams.mustPress(diane, 'evaluations.exclude', { apart: of('Mis de côté'), why: 'Doublon' });
  teams.clock.advance({ days: 11 });
  await aContract(teams, { title: 'À venir' });
  await campaign(20);
  await teams.mustPress(diane, 'evaluations.exclude', {
    apart: await evaluationOf('Mis de côté'),
    why: 'Doublon',
  });
  const { plain } = await teams.mustPress(alex, 'evaluations.list', { page: 1 });
  expect(plain.split('\n').slice(2)).toEqual([
    'En retard',
    'airelle inc. · À remplir. Repère passé : 3 décembre 2026 ; la réponse est encore reçue.',
    'À venir',
    'airelle inc. · À remplir. Repère : 24 décembre 2026.',
    'Sans réponse',
    'airelle inc. · Fermée sans réponse.',
    'Soumis',
    'airelle inc. · Soumise le 23 novembre 2026. Elle ne change plus.',
    'Mis de côté',
    'airelle inc. · Mise de côté par le Courtier : Doublon',
    'Mis de côté',
    'airelle inc. · Mise de côté par le Courtier : Doublon',
  ]);
});

test('the amendments and the fiche changes of the year are shown beside the criteria', async () => {
  const contract = await aContract(teams);
  await teams.mustPress(alex, 'contracts.amend', {
    contract,
    kind: 'amount',
    text: 'Deux fois plus de boîtes',
    newAmount: '19 200,00 $',
  });
  const [amendment] = await teams.services.contracts.amendments(contract, alex);
  const held = { contract, amendment: amendment?.id };
  const validation = { validatedOn: day(0), validatedBy: 'Diane Roy' };
  await teams.mustPress(alex, 'contracts.validateAmendment', { ...held, ...validation });
  await teams.mustPress(alex, 'contracts.signAmendment', { ...held, signedOn: day(0) });
  await campaign();
  const { plain } = await teams.mustPress(alex, 'evaluations.section', {
    evaluation: await evaluation(),
    part: 1,
  });
  expect(plain).toContain('Avenant nº 1, 23 novembre 2026 : Deux fois plus de boîtes');
});

/** Long stretches are looked at once a day. */
const DAILY = [24];

test('over two years, each reminder comes on its day, and none twice', async () => {
  await aContract(teams, { signedOn: '2026-11-20', startsOn: '2026-12-01', endsOn: '2028-11-30' });
  await teams.install(channel);
  await inChannel('evaluations.designate');
  await campaign(365, 1, 'anniversary');
  // Nobody answers the first year; the second, as soon as they are asked.
  const heard = await run(380, places, DAILY);
  await campaign(365, 1, 'anniversary');
  heard.push(...(await run(325, places, DAILY)));
  await submit(await evaluation(), '5');
  heard.push(...(await run(70, places, DAILY)));
  const asked = 'Le Courtier demande votre avis sur vos fournisseurs : 1 évaluation à remplir';
  const reminded = 'Rappel : 1 évaluation à remplir. Repère : 20 novembre 2027.';
  const ending =
    'Un contrat se termine : il reste 1 évaluation de fin de contrat à remplir (guide, section 4.10). Repère : 30 novembre 2028.';
  const last = 'Rappel : 1 évaluation à remplir. Repère : 30 novembre 2028.';
  const yearly = 'Évaluer le fournisseur (2027)';
  const atEnd = 'Évaluer le fournisseur à la fin du contrat';
  // The anniversary is a Saturday: the last business day is the day before.
  expect(heard).toEqual([
    `2027-10-21 Alex ${yearly} · Nouveau · Dans 30 jours`,
    `2027-10-21 canal ${asked}. Repère : 20 novembre 2027.`,
    `2027-11-05 Alex ${yearly} · Dans 15 jours`,
    `2027-11-05 canal ${reminded}`,
    `2027-11-15 Alex ${yearly} · Dans 5 jours`,
    `2027-11-15 canal ${reminded}`,
    `2027-11-18 Alex ${yearly} · Dans 2 jours`,
    `2027-11-18 canal ${reminded}`,
    `2027-11-19 Alex ${yearly} · Demain`,
    `2027-11-19 Nadia ${yearly} · Nouveau · Demain`,
    `2027-11-19 canal ${reminded}`,
    '2027-11-22 équipe 1 évaluation sans réponse, repère passé.',
    `2028-10-23 Alex Évaluer le fournisseur (2028) · Nouveau · Dans 28 jours`,
    `2028-10-23 canal ${asked}. Repère : 20 novembre 2028.`,
    `2028-10-31 Alex ${atEnd} · Nouveau · Dans 30 jours`,
    `2028-10-31 canal ${ending}`,
    `2028-11-15 Alex ${atEnd} · Dans 15 jours`,
    `2028-11-15 canal ${last}`,
    `2028-11-23 Alex ${atEnd} · Dans 7 jours`,
    `2028-11-23 canal ${last}`,
    `2028-11-29 Alex ${atEnd} · Demain`,
    `2028-11-29 canal ${last}`,
    `2028-11-30 Alex ${atEnd} · Aujourd’hui`,
    `2028-11-30 Nadia ${atEnd} · Nouveau · Aujourd’hui`,
    `2028-11-30 canal ${last}`,
    '2028-12-04 équipe 1 évaluation sans réponse, repère passé.',
    '2028-12-15 Alex Merci d’avoir évalué vos fournisseurs.',
  ]);
});
