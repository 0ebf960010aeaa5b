import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { CourtierError, DeliveryError } from '../../src/core/errors.ts';
import type { Feature } from '../../src/core/feature.ts';
import { newId } from '../../src/core/id.ts';
import { buildRouter } from '../../src/core/router.ts';
import { action, type MessageRoute } from '../../src/core/routes/turns.ts';
import type { ActionTurn, Conversation, DroppedFile, MessageTurn, Person } from '../../src/core/turn.ts';
import { alex, channel, group, personalChat, staffRoom } from '../support/people.ts';

type Route = MessageRoute<object>;
const route = (command: string, changes: Partial<Route> = {}): Route => ({
  command,
  description: 'd',
  role: 'client',
  scopes: ['personal'],
  handle: async (turn) => void (await turn.reply(`${command}: ${turn.argument}`)),
  ...changes,
});

function world(
  changes: Partial<Feature<object>>,
  { may = false, failing }: { may?: boolean; failing?: Error } = {},
) {
  const said: unknown[] = [];
  const seen: string[] = [];
  let failure = failing;
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
  const presence = {
    wrote: async ({ name }: Person) => void seen.push(`${name} wrote`),
    pressed: async ({ name }: Person) => void seen.push(`${name} pressed`),
  };
  const access = { may: async () => may, isStaffRoom: async ({ id }: Conversation) => id === staffRoom.id };
  const watched: string[] = [];
  const router = buildRouter([feature], {}, access, log, presence, (...seen) => watched.push(seen.join(' ')));
  const turn = (conversation: Conversation) => ({
    person: alex,
    conversation,
    effect: newId(),
    reply: async (content: unknown) => {
      const error = failure;
      failure = undefined;
      if (error) throw error;
      return String(said.push(content));
    },
    revise: async () => {},
  });
  return {
    said,
    seen,
    logged,
    watched,
    says: (text: string, conversation = personalChat(alex), attached: Partial<MessageTurn> = {}) =>
      router.message({ ...turn(conversation), text, argument: '', files: [], ...attached }),
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

test('a button’s title that is typed is answered by what its card would become, or by its word', async () => {
  const shows = action('f.show', z.object({ page: z.number() }), async (turn, { page }) =>
    turn.update({ template: 'f/card', view: { page }, summary: 's' }),
  );
  const tells = action('f.tell', z.object({}), async (turn) => turn.notify('Voilà.'));
  const spoken = [
    { words: ['Tout voir'], verb: 'f.show', data: { page: 1 } },
    { words: ['Dire'], verb: 'f.tell' },
  ];
  const { says, said } = world({ actions: [shows, tells], spoken });
  await says('tout voir !');
  await says('dire');
  expect(said).toEqual([{ template: 'f/card', view: { page: 1 }, summary: 's' }, 'Voilà.']);
});

test('a typed title of a button that the person may not press is free text', async () => {
  const hidden = action('f.hidden', z.object({}), async (turn) => turn.notify('Secret.'), 'staff');
  const { says, said } = world({ actions: [hidden], spoken: [{ words: ['cacher'], verb: 'f.hidden' }] });
  await says('cacher');
  expect(said).toEqual(['free text']);
});

test('a typed title of a button for a personal chat says where to go in any other place', async () => {
  const own = action('f.own', z.object({}), async (turn) => turn.notify('Secret.'));
  const { says, said } = world({ actions: [own], spoken: [{ words: ['le mien'], verb: 'f.own' }] });
  await says('le mien', channel);
  expect(said).toEqual([expect.stringContaining('conversation personnelle')]);
});

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

const quota = { noun: ['dépôt', 'dépôts'], person: 1, body: 1, tenant: 1, why: 'A test.' } as const;
const file: DroppedFile = { name: 'nordet.yaml', read: async () => new Uint8Array() };
const reader: Pick<Feature<object>, 'files'> = {
  files: {
    role: 'staff',
    noun: 'les fiches',
    quota,
    handle: async (turn) => void (await turn.reply('file read')),
  },
};
const PICTURE = { unread: 'picture' } as const;
const FILE = { unread: 'file' } as const;
const DROPPED = { files: [file] };
const NOTHING_READS = 'Je ne lis pas les';

test.each<[string, string, Partial<MessageTurn>, boolean, string[]]>([
  ['a picture alone', '', PICTURE, false, [`${NOTHING_READS} images. Écrivez-moi votre question`]],
  ['a picture of staff alone', '', PICTURE, true, [`${NOTHING_READS} images. Écrivez-moi votre question`]],
  [
    'a picture with a question',
    'Quels documents ?',
    PICTURE,
    false,
    [`${NOTHING_READS} images :`, 'free text'],
  ],
  ['a file alone', '', DROPPED, false, [`${NOTHING_READS} fichiers. Écrivez-moi votre question`]],
  [
    'a file with a question',
    'Quels documents ?',
    DROPPED,
    false,
    [`${NOTHING_READS} fichiers :`, 'free text'],
  ],
  ['a file with a command', 'aide', DROPPED, false, [`${NOTHING_READS} fichiers :`, 'aide: ']],
  [
    'a file that cannot be fetched, with words',
    'Bonjour',
    FILE,
    false,
    [`${NOTHING_READS} fichiers :`, 'free text'],
  ],
  ['a fiche of staff', '', DROPPED, true, ['file read']],
  ['a fiche of staff with a word', 'Voici la fiche de novembre', DROPPED, true, ['file read']],
  ['a fiche of staff with a question', 'Est-elle bonne ?', DROPPED, true, ['file read', 'free text']],
  [
    'a fiche of staff with a question without its mark',
    'combien de temps garder ceci',
    DROPPED,
    true,
    ['file read', 'free text'],
  ],
  ['a fiche of staff with a picture', '', { ...DROPPED, ...PICTURE }, true, ['file read']],
])('in a personal chat, %s is answered as it should', async (_what, text, attached, may, answers) => {
  const { says, said } = world({ ...reader, messages: [route('aide')] }, { may });
  await says(text, personalChat(alex), attached);
  expect(said).toEqual(answers.map((answer) => expect.stringContaining(answer)));
  expect(said.join()).not.toContain('mention');
});

test.each<[string, Conversation, string, Partial<MessageTurn>, boolean, string[]]>([
  [
    'a picture in a group',
    group,
    '',
    PICTURE,
    false,
    [`${NOTHING_READS} images. Écrivez votre question à côté`],
  ],
  [
    'a picture in a channel',
    channel,
    '',
    PICTURE,
    true,
    [`${NOTHING_READS} images. Écrivez votre question à côté`],
  ],
  [
    'a question with a picture in a group',
    group,
    'Quels ?',
    PICTURE,
    false,
    [`${NOTHING_READS} images :`, 'free text'],
  ],
  [
    'a file in a channel',
    channel,
    '',
    FILE,
    false,
    [`${NOTHING_READS} fichiers. Écrivez votre question à côté`],
  ],
  ['a file of staff in a channel', channel, '', FILE, true, ['Déposez ce fichier dans notre conversation']],
  [
    'a file of staff in a channel, with a question',
    channel,
    'Quels ?',
    FILE,
    true,
    ['Déposez ce fichier', 'free text'],
  ],
])('%s is answered as it should', async (_what, conversation, text, attached, may, answers) => {
  const { says, said } = world(reader, { may });
  await says(text, conversation, attached);
  expect(said).toEqual(answers.map((answer) => expect.stringContaining(answer)));
});

test('a file that cannot be read says so, and the question beside it is answered', async () => {
  const files = {
    role: 'staff' as const,
    noun: 'les fiches',
    quota,
    handle: async () => {
      throw new CourtierError('invalid', 'Trop de fichiers.');
    },
  };
  const { says, said } = world({ files }, { may: true });
  await says('Combien puis-je en déposer ?', personalChat(alex), DROPPED);
  expect(said).toEqual(['Trop de fichiers.', 'free text']);
});

test('an answer that may have arrived is not followed by a sentence that denies it', async () => {
  const { says, said, logged } = world({}, { failing: new DeliveryError('unknown', 'gateway') });
  await says('Quels documents ?');
  expect(said).toEqual([]);
  expect(logged).toHaveLength(1);
});

test('a report on a file that may have arrived is not followed by a sentence that denies it', async () => {
  const files = {
    role: 'staff' as const,
    noun: 'les fiches',
    quota,
    handle: async (turn: MessageTurn) => void (await turn.reply('Voici le rapport.')),
  };
  const { says, said, logged } = world(
    { files },
    { may: true, failing: new DeliveryError('unknown', 'gateway') },
  );
  await says('', personalChat(alex), DROPPED);
  expect(said).toEqual([]);
  expect(logged).toHaveLength(1);
});

test('an answer that surely did not arrive is followed by a sentence', async () => {
  const { says, said } = world({}, { failing: new DeliveryError('dead', 'tooLarge') });
  await says('Quels documents ?');
  expect(said).toEqual([expect.stringContaining("Je n'ai pas pu terminer")]);
});

const Form = z.object({
  n: z.int().min(1),
  text: z.string('Écrivez un texte.').max(10, 'Écrivez un texte.'),
  on: z.enum(['true', 'false']).default('false'),
  when: z
    .string()
    .regex(/^\d\d:\d\d$/, 'Choisissez une heure.')
    .or(z.literal(''))
    .default(''),
});
const submit = (data: unknown) => {
  const seen: unknown[] = [];
  const press = action('f.go', Form, async (_turn, input) => void seen.push(input));
  const { press: click, said } = world({ actions: [press] });
  return click('f.go', data).then(() => ({ seen, said }));
};

test('a number and a switch that a client sends as such are the texts that a form expects', async () => {
  const { seen } = await submit({ n: 3, text: 2026, on: true });
  expect(seen).toEqual([{ n: 3, text: '2026', on: 'true', when: '' }]);
});

test('whoever wrote is seen after the answer, whatever became of it', async () => {
  const { says, said, seen } = world({ messages: [route('aide')] });
  await says('aide');
  await says('aide', channel);
  await says('bonjour');
  expect([seen, said.length]).toEqual([Array(3).fill('Alex Gagnon wrote'), 3]);
  const failing = world({ messages: [route('aide')] }, { failing: new Error('the connector is away') });
  await failing.says('aide').catch(() => {});
  expect(failing.seen).toEqual(['Alex Gagnon wrote']);
});

test('whoever presses is seen no later than what they ask is done, be it refused', async () => {
  const order: string[] = [];
  const press = action('f.go', z.object({}), async () => void order.push(...seen));
  const { press: click, seen } = world({ actions: [press] });
  await click('f.go', {});
  await click('f.unknown', {});
  expect([order, seen]).toEqual([['Alex Gagnon pressed'], Array(2).fill('Alex Gagnon pressed')]);
});

test('what is submitted is clean, and a field that is null is one that was left empty', async () => {
  const { seen } = await submit({ n: 3, text: 'a\u0000\u202eb\r\nc', on: null, when: null });
  expect(seen).toEqual([{ n: 3, text: 'ab\nc', on: 'false', when: '' }]);
});

test.each([
  ['a text that is too long as a number', { n: 1, text: 12_345_678_901 }, 'Écrivez un texte.'],
  ['a field that is absent', { n: 1 }, 'Écrivez un texte.'],
  ['a field of several kinds', { n: 1, text: 'x', when: '25h' }, 'Choisissez une heure.'],
  ['a sentence after a fault without one', { n: 'x', text: [] }, 'Écrivez un texte.'],
])('%s is refused with the field’s sentence', async (_what, data, sentence) => {
  const { seen, said } = await submit(data);
  expect(seen).toEqual([]);
  expect(said).toEqual([sentence]);
});

test('each turn is counted once, by its kind, what took it and what became of it', async () => {
  const shows = action('f.show', z.object({}), async (turn) => turn.notify('Voilà.'));
  const refuses = action('f.refuse', z.object({}), () =>
    Promise.reject(new CourtierError('refused', 'Pas maintenant.')),
  );
  const breaks = action('f.break', z.object({}), () => Promise.reject(new Error('secret words')));
  const away = action('f.away', z.object({}), () =>
    Promise.reject(Object.assign(new Error('gone'), { code: '57P01' })),
  );
  const { says, press, watched } = world({
    messages: [route('équipe')],
    actions: [shows, refuses, breaks, away],
    spoken: [{ words: ['Tout voir'], verb: 'f.show' }],
  });
  await says('Equipe !');
  await says('tout voir');
  await says('des mots que personne ne doit compter');
  for (const verb of ['f.show', 'f.refuse', 'f.break', 'f.away', 'des mots']) await press(verb, {});
  expect(watched).toEqual([
    'message équipe done',
    'message f.show done',
    'message text done',
    'action f.show done',
    'action f.refuse refused',
    'action f.break failed',
    'action f.away unavailable',
    'action unknown refused',
  ]);
});
