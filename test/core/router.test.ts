import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { CourtierError } from '../../src/core/errors.ts';
import { action, type Feature, type MessageRoute } from '../../src/core/feature.ts';
import { newId } from '../../src/core/id.ts';
import { buildRouter } from '../../src/core/router.ts';
import type { ActionTurn, Conversation } from '../../src/core/turn.ts';
import { alex, channel, personalChat } from '../support/people.ts';

type Route = MessageRoute<object>;
const route = (command: string, changes: Partial<Route> = {}): Route => ({
  command,
  description: 'd',
  role: 'client',
  scopes: ['personal'],
  handle: async (turn) => void (await turn.reply(`${command}: ${turn.argument}`)),
  ...changes,
});

function world(changes: Partial<Feature<object>>, { may = false } = {}) {
  const said: unknown[] = [];
  const logged: object[] = [];
  const log = {
    info: () => {},
    warn: (data: object) => void logged.push(data),
    error: (data: object) => void logged.push(data),
  };
  const feature: Feature<object> = {
    id: 'f',
    messages: [],
    actions: [],
    jobs: [],
    templates: [],
    freeText: async (turn) => Boolean(await turn.reply('free text')),
    ...changes,
  };
  const router = buildRouter([feature], {}, { may: async () => may }, log);
  const turn = (conversation: Conversation) => ({
    person: alex,
    conversation,
    effect: newId(),
    reply: async (content: unknown) => String(said.push(content)),
  });
  return {
    said,
    logged,
    says: (text: string, conversation = personalChat(alex)) =>
      router.message({ ...turn(conversation), text, argument: '', files: [] }),
    press: (verb: unknown, data: unknown) => {
      const pressed: ActionTurn = {
        ...turn(personalChat(alex)),
        cardActivityId: undefined,
        update: () => {},
        notify: (text) => void said.push(text),
      };
      return router.action(pressed, verb, data);
    },
  };
}

test.each(['équipe', 'EQUIPE', ' Équipe ! ', 'equipe'])(
  '« %s » is the command, accents, case and signs aside',
  async (text) => {
    const { says, said } = world({ messages: [route('équipe')] });
    await says(text);
    expect(said).toEqual(['équipe: ']);
  },
);

test('a sentence that contains a command is no command', async () => {
  const { says, said } = world({ messages: [route('équipe')] });
  await says("qui est dans l'équipe du Courtier ?");
  expect(said).toEqual(['free text']);
});

test('words after a command are its argument, when it takes one', async () => {
  const { says, said } = world({ messages: [route('chercher', { takesArgument: true })] });
  await says('chercher Le Nordet inc.');
  expect(said).toEqual(['chercher: Le Nordet inc.']);
});

test('a command above one’s role reads as free text, so that its existence is not told', async () => {
  const { says, said } = world({ messages: [route('équipe', { role: 'admin' })] });
  await says('équipe');
  expect(said).toEqual(['free text']);
});

test('a command in the wrong place says where it is used', async () => {
  const { says, said } = world({ messages: [route('mes données')] });
  await says('mes données', channel);
  expect(said).toEqual(["La commande « mes données » s'utilise dans notre conversation personnelle."]);
});

test('an expected refusal is said as it is, and its cause is logged', async () => {
  const refuse = async () => {
    throw new CourtierError('refused', 'Pas aujourd’hui.', new Error('why'));
  };
  const { says, said, logged } = world({ messages: [route('essai', { handle: refuse })] });
  await says('essai');
  expect(said).toEqual(['Pas aujourd’hui.']);
  expect(logged).toMatchObject([{ kind: 'refused' }]);
});

test('an unexpected failure is a kind sentence for the person, and an error in the log', async () => {
  const fail = async () => {
    throw new TypeError('secret detail');
  };
  const { says, said, logged } = world({ messages: [route('essai', { handle: fail })] });
  await says('essai');
  expect(said.join()).toContain("Rien n'est perdu");
  expect(said.join()).not.toContain('secret');
  expect(logged).toHaveLength(1);
});

test('a button runs with its parsed input', async () => {
  const press = action('f.go', z.strictObject({ n: z.int() }), async (turn, { n }) =>
    turn.notify(`n = ${n}`),
  );
  const { press: click, said } = world({ actions: [press] });
  await click('f.go', { n: 3 });
  expect(said).toEqual(['n = 3']);
});

test.each([
  ['an unknown verb', 'f.nothing', {}],
  ['a verb that is no text', 12, {}],
  ['no verb', undefined, undefined],
])('%s gets the answer of what is not yours', async (_what, verb, data) => {
  const { press, said } = world({});
  await press(verb, data);
  expect(said.join()).toContain('introuvable');
});

test('an unknown key is refused, and the handler does not run', async () => {
  let ran = false;
  const press = action('f.go', z.strictObject({}), async () => {
    ran = true;
  });
  const { press: click, said } = world({ actions: [press] });
  await click('f.go', { intruder: 1 });
  expect(ran).toBe(false);
  expect(said.join()).toContain('Redemandez-la');
});

test('a button above one’s role gets the answer of what is not yours', async () => {
  const press = action('f.go', z.strictObject({}), async (turn) => turn.notify('done'), 'staff');
  const refused = world({ actions: [press] });
  await refused.press('f.go', {});
  expect(refused.said.join()).toContain('introuvable');
  const allowed = world({ actions: [press] }, { may: true });
  await allowed.press('f.go', {});
  expect(allowed.said).toEqual(['done']);
});
