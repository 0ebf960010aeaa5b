import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/core/id.ts';
import { openNames } from '../../src/core/routing/places.ts';
import type { Conversation, Person } from '../../src/core/turn.ts';
import { features } from '../../src/features/registry.ts';
import { aContract } from '../support/contracts.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { aFile, kickoffOf, people, requested } from '../support/kickoff.ts';
import {
  admin,
  alex,
  channel,
  diane,
  group,
  nadia,
  personalChat,
  samuel,
  staffRoom,
} from '../support/people.ts';
import { effectsSince, watchEffects } from '../support/walk/effects.ts';

// What clients wrote is for them and for the staff: in a chat with the assistant, and in the staff's channel. In any
// other place, whoever is of the staff is told where to go; nothing is shown, and nothing is written.

const teams = fakeTeams();

const MEETING: Conversation = { ...group, id: '19:meeting_ZGVtYXJyYWdl@thread.v2' };
/** The channel of a client's team, of which Diane is a guest. */
const CLIENTS: Conversation = {
  ...channel,
  id: '19:ministere@thread.tacv2',
  teamId: 'team-3',
  name: 'Achats',
};
const AWAY: readonly (readonly [string, Conversation])[] = [
  ['another team’s channel', channel],
  ['the channel of a client’s team', CLIENTS],
  ['a group chat', group],
  ['a meeting’s chat', MEETING],
];

const open = openNames(features);
const commands = features.flatMap(({ messages }) => messages);
const verbs = features.flatMap(({ actions }) => actions);
const ofStaff = <T extends { readonly role: string }>(routes: readonly T[]) =>
  routes.filter(({ role }) => role !== 'client');
const closed = {
  staffCommands: ofStaff(commands).filter(({ command }) => !open.has(command)),
  staffVerbs: ofStaff(verbs).filter(({ verb }) => !open.has(verb)),
  clientVerbs: verbs.filter(({ role, verb }) => role === 'client' && !open.has(verb)),
};
/** Who may: an administrator has the rights of the staff too. */
const whoFor = (role: string): readonly Person[] => (role === 'admin' ? [admin] : [diane, admin]);

const CANARY = 'zibeline';

beforeEach(async () => {
  await people(teams);
  const file = await aFile(teams, { name: `Dossier ${CANARY}` });
  await requested(teams, file, { project: `Projet ${CANARY}` });
  await aContract(teams, { title: `Contrat ${CANARY}` });
  await teams.mustPress(alex, 'contracts.comment', { kind: 'documents', supplier: '', text: CANARY });
  await teams.runJobs();
  teams.posted.length = 0;
  await watchEffects(teams.db);
  await effectsSince(teams.db);
});

/** Everything that was said in a place, as one text. */
const saidIn = ({ id }: Conversation): string =>
  JSON.stringify(teams.posted.filter(({ conversationId }) => conversationId === id));

describe.each(AWAY)('in %s', (_name, place) => {
  test('each command of the staff says where to go, and shows and writes nothing', async () => {
    for (const { command, role } of closed.staffCommands)
      for (const person of whoFor(role)) {
        teams.posted.length = 0;
        await teams.says(person, command, place);
        expect([command, teams.lastText()]).toEqual([command, expect.stringContaining('personnelle')]);
        expect(teams.posted).toHaveLength(1);
      }
    expect(await effectsSince(teams.db)).toEqual([]);
  });

  test('each button of the staff says where to go, whatever it carries, and shows and writes nothing', async () => {
    const file = (await teams.services.files.filesOf(alex, 'open'))[0]?.id ?? '';
    const { id: kickoff, revision } = await kickoffOf(teams, file);
    for (const data of [{}, { kickoff, revision, page: 1, text: CANARY }])
      for (const { verb, role } of closed.staffVerbs)
        for (const person of whoFor(role)) {
          const { card, word } = await teams.press(person, verb, data, place);
          expect([verb, card, word]).toEqual([
            verb,
            undefined,
            expect.stringMatching(/personnelle.*Courtier/),
          ]);
        }
    expect(teams.posted).toEqual([]);
    expect(await effectsSince(teams.db)).toEqual([]);
  });

  test('each button of a client about what is theirs does the same', async () => {
    for (const { verb } of closed.clientVerbs) {
      const { card, word } = await teams.press(alex, verb, {}, place);
      expect([verb, card, word]).toEqual([verb, undefined, expect.stringContaining('personnelle')]);
    }
    expect(teams.posted).toEqual([]);
    expect(await effectsSince(teams.db)).toEqual([]);
  });

  test('no command of anybody shows a word of a client', async () => {
    for (const { command } of commands)
      for (const person of [alex, diane, admin].filter(() => command !== 'désigner ce canal'))
        await teams.says(person, command, place);
    expect(saidIn(place)).not.toContain(CANARY);
    expect(saidIn(place)).not.toContain(alex.name);
  });

  test('whoever is not of the staff learns nothing of its buttons', async () => {
    for (const { verb } of closed.staffVerbs)
      expect([verb, (await teams.press(nadia, verb, {}, place)).word]).toEqual([
        verb,
        expect.stringContaining('introuvable'),
      ]);
  });

  test('help offers no command that is not answered there', async () => {
    await teams.says(diane, 'aide', place);
    for (const { command } of closed.staffCommands)
      expect(
        teams
          .lastCard()
          .buttons.filter(({ data }) => data.command === command)
          .map(({ title }) => title),
      ).toEqual([]);
  });
});

describe.each([
  ['their chat with the assistant', personalChat(diane), personalChat(admin)],
  ['the staff’s channel', staffRoom, staffRoom],
])('in %s', (_name, ofDiane, ofAdmin) => {
  test('no command and no button of the staff is sent elsewhere', async () => {
    for (const { command, role, scopes } of closed.staffCommands.filter(({ scopes }) =>
      scopes.includes(ofDiane.kind),
    )) {
      expect(scopes.length).toBeGreaterThan(0);
      await teams.says(role === 'admin' ? admin : diane, command, role === 'admin' ? ofAdmin : ofDiane);
      expect([command, teams.last()]).toEqual([
        command,
        expect.objectContaining({ template: expect.any(String) }),
      ]);
    }
    for (const { verb, role } of closed.staffVerbs) {
      const [person, place] = role === 'admin' ? ([admin, ofAdmin] as const) : ([diane, ofDiane] as const);
      expect([verb, (await teams.press(person, verb, {}, place)).word]).toEqual([
        verb,
        expect.not.stringContaining('s’utilise'),
      ]);
    }
  });
});

test('cards that stay in a channel which is not the staff’s any more do nothing', async () => {
  await teams.says(admin, 'désigner ce canal', channel);
  const { word } = await teams.press(diane, 'contracts.comments', { page: 1, open: true }, staffRoom);
  expect(word).toContain('personnelle');
  expect(
    (await teams.press(diane, 'contracts.comments', { page: 1, open: true }, channel)).card,
  ).toBeDefined();
});

test('a name to call is shown to those who act for a body, and to nobody else', async () => {
  expect(await teams.hears(samuel, 'références')).toContain('pas encore confirmée');
  expect(await teams.refusedPress(samuel, 'contracts.references', { page: 1 })).toContain(
    'pas encore confirmée',
  );
  await teams.services.organizations.requestMembership(samuel, 'Ville de Matane', newId());
  expect(await teams.hears(samuel, 'références')).toContain('pas encore confirmée');
  expect((await teams.asks(alex, 'références')).template).toBe('contracts/references');
});

describe('what a manifest lets everybody around see', () => {
  const named = features.flatMap(({ anywhere }) =>
    typeof anywhere === 'object' ? Object.entries(anywhere) : [],
  );

  test('has a reason, and a command or a button of that feature', () => {
    const known = new Set([...commands.map(({ command }) => command), ...verbs.map(({ verb }) => verb)]);
    expect(named.filter(([name, reason]) => !known.has(name) || reason.length < 20)).toEqual([]);
  });

  test('is said for each client’s command that is answered in a channel or a group chat', () => {
    const shared = commands.filter(
      ({ role, scopes }) => role === 'client' && scopes.some((kind) => kind !== 'personal'),
    );
    expect(shared.map(({ command }) => command).filter((command) => !open.has(command))).toEqual([]);
  });

  test('is nothing of the staff’s but the naming of their channel', () => {
    expect(
      ofStaff(commands)
        .filter(({ command }) => open.has(command))
        .map(({ command }) => command),
    ).toEqual(['désigner ce canal']);
    expect(ofStaff(verbs).filter(({ verb }) => open.has(verb))).toEqual([]);
  });
});
