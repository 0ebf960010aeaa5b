import { CourtierError, notFound } from './errors.ts';
import type { Feature } from './feature.ts';
import type { Log } from './ports/log.ts';
import type { TurnWatch } from './process/watched.ts';
import type { ActionRoute, Choice, FilesRoute, MessageRoute, Role, Spoken } from './routes/turns.ts';
import { boundary, noting, type Seen } from './routing/boundary.ts';
import { buildPlaces, openNames, type StaffRoom } from './routing/places.ts';
import { press, pressTyped } from './routing/pressing.ts';
import { fold } from './text/text.ts';
import type {
  ActionTurn,
  Conversation,
  ConversationKind,
  Feedback,
  InstalledTurn,
  MessageTurn,
  Person,
} from './turn.ts';

/** Tells whether a person holds a role, and where the staff are among themselves; asked only for routes above `client`. */
export interface Access extends StaffRoom {
  may(person: Person, role: Role): Promise<boolean>;
}

/** Who shows up. It neither delays an answer nor fails it. */
export interface Presence {
  /** Somebody wrote, whatever it was: a question, a command, a file. */
  wrote(person: Person): Promise<void>;
  /** Somebody pressed a button or sent a form. Whom nobody knows stays unknown: they may have just had themselves erased. */
  pressed(person: Person): Promise<void>;
}

export interface Router {
  message(turn: MessageTurn): Promise<void>;
  /** Runs the button's handler. Unknown verbs, foreign data and missing rights all get the same answer. */
  action(turn: ActionTurn, verb: unknown, data: unknown): Promise<void>;
  /** What somebody thinks of a message goes to the feature that posted it; nobody is answered. */
  feedback(feedback: Feedback): Promise<void>;
  /** What somebody may choose of a list, as they type; nothing for a list that there is not. */
  choices(dataset: string, text: string): Promise<readonly Choice[]>;
  installed(turn: InstalledTurn): Promise<void>;
  /** Whether a command is answered in a place, for those who have the right to it. */
  isAnsweredIn(
    route: Pick<MessageRoute<never>, 'command' | 'scopes' | 'role'>,
    conversation: Conversation,
  ): Promise<boolean>;
}

const NOT_READ = { picture: 'Je ne lis pas les images', file: 'Je ne lis pas les fichiers' } as const;
const IN_WORDS: Record<ConversationKind, string> = {
  personal: 'Écrivez-moi votre question, et je chercherai la réponse.',
  group: 'Écrivez votre question à côté de ma mention, et je chercherai la réponse.',
  channel: 'Écrivez votre question à côté de ma mention, et je chercherai la réponse.',
};
const FILES_ELSEWHERE = 'Déposez ce fichier dans notre conversation personnelle.';

/** Commands and titles of buttons by their plain words, and buttons by their verb. */
function routesOf<S>(features: readonly Feature<S>[]) {
  const commands = new Map<string, MessageRoute<S>>();
  const actions = new Map<string, ActionRoute<S>>();
  const titles = new Map<string, Spoken>();
  for (const feature of features) {
    for (const route of feature.messages)
      for (const name of [route.command, ...(route.aliases ?? [])]) commands.set(plain(name), route);
    for (const route of feature.actions) actions.set(route.verb, route);
    for (const spoken of feature.spoken ?? [])
      for (const title of spoken.words) titles.set(plain(title), spoken);
  }
  return { commands, actions, titles };
}

/** Finds what somebody may choose as they type: a failure is for the log, and finds nothing. */
const choicesOf =
  <S>(features: readonly Feature<S>[], services: S, guard: ReturnType<typeof boundary>) =>
  async (dataset: string, text: string): Promise<readonly Choice[]> => {
    const routes = features.flatMap((feature) => feature.choices ?? []);
    const route = routes.find((candidate) => candidate.dataset === dataset);
    let found: readonly Choice[] = [];
    await guard(
      { turn: 'choices' },
      () => undefined,
      async () => {
        found = (await route?.find(text, services)) ?? [];
      },
    );
    return found;
  };

/** Tells where to go, with a way there for what everybody may use. */
function elsewhereOf<S>(features: readonly Feature<S>[], services: S) {
  const leading = features.find((feature) => feature.elsewhere)?.elsewhere;
  return (turn: MessageTurn, sentence: string, role: Role, team?: string): Promise<string> =>
    turn.reply(role === 'client' && leading ? leading(sentence, turn.text, services, team) : sentence);
}

/** Who reads some files, by their names; whoever reads files at all where there is none to see. */
function buildTakers<S>(features: readonly Feature<S>[]) {
  const takers = features.flatMap(({ files }) => files ?? []);
  const takerOf = (name: string) =>
    takers.findLast(({ takes }) => takes?.(name)) ?? takers.find(({ takes }) => !takes);
  return ({ files }: MessageTurn): FilesRoute<S>[] =>
    files.length === 0
      ? takers.slice(0, 1)
      : [...new Set(files.map(({ name }) => takerOf(name)))].filter((taker) => taker !== undefined);
}

async function apart(turn: MessageTurn, takers: readonly Pick<FilesRoute<never>, 'noun'>[]): Promise<void> {
  const nouns = takers.map(({ noun }) => noun).join(' et ');
  await turn.reply(`Déposez séparément ${nouns} : chaque dépôt a son rapport.`);
}

/** What is said of what nobody reads. */
const declined = (what: keyof typeof NOT_READ, { text, conversation }: MessageTurn): string =>
  text === ''
    ? `${NOT_READ[what]}. ${IN_WORDS[conversation.kind]}`
    : `${NOT_READ[what]} : je réponds à ce que vous avez écrit.`;

/** Sends each turn to the one handler that the features' manifests declare for it. */
export function buildRouter<S>(
  features: readonly Feature<S>[],
  services: S,
  access: Access,
  log: Log,
  presence: Presence,
  watch: TurnWatch = () => {},
): Router {
  const guard = boundary(log, watch);
  const { commands, actions, titles } = routesOf(features);
  const { commandElsewhere, buttonElsewhere } = buildPlaces(openNames(features), access);
  const freeText = features.flatMap((feature) => feature.freeText ?? []);
  const takersOf = buildTakers(features);
  const tellElsewhere = elsewhereOf(features, services);

  /** The command of a message; one that the person may not use reads as free text. */
  async function commandOf(
    turn: MessageTurn,
  ): Promise<{ route: MessageRoute<S>; argument: string } | undefined> {
    const found = findCommand(commands, turn.text);
    if (!found) return undefined;
    return found.route.role === 'client' || (await access.may(turn.person, found.route.role))
      ? found
      : undefined;
  }

  /**
   * A button's title, typed: what the button would show is the answer, in the places and for those that it is for. One
   * that the person may not press reads as free text.
   */
  async function typedButton(turn: MessageTurn, seen: Seen): Promise<boolean> {
    const { verb, data = {} } = titles.get(plain(turn.text.slice(0, 200))) ?? {};
    const route = verb === undefined ? undefined : actions.get(verb);
    if (!route || (route.role !== 'client' && !(await access.may(turn.person, route.role)))) return false;
    seen.verb = route.verb;
    const elsewhere = await buttonElsewhere(route, turn.conversation);
    if (elsewhere) {
      await tellElsewhere(turn, elsewhere, route.role);
      return true;
    }
    await pressTyped(route, data, turn, services);
    return true;
  }

  /**
   * Files go to whoever reads them, when the person may drop them there; what nobody reads is declined in a sentence.
   * True when the words beside are still to be answered: those that go with a file that is read only name it, unless
   * they ask something.
   */
  async function attachments({ turn, tell }: ReturnType<typeof noting>): Promise<boolean> {
    const { conversation, text, unread } = turn;
    const what = turn.files.length > 0 ? 'file' : unread;
    if (!what) return true;
    const [taker, ...others] = what === 'file' ? takersOf(turn) : [];
    const reader = taker && (await access.may(turn.person, taker.role)) ? taker : undefined;
    if (reader && turn.files.length > 0 && conversation.kind === 'personal') {
      const read = () =>
        others.length > 0 ? apart(turn, [reader, ...others]) : reader.handle(turn, services);
      await guard({ turn: 'files' }, tell, read);
      return asks(text);
    }
    await turn.reply(reader ? FILES_ELSEWHERE : declined(what, turn));
    return text !== '';
  }

  return {
    async message(received) {
      const noted = noting(received);
      const { turn } = noted;
      await guard({ turn: 'message' }, noted.tell, async (seen) => {
        if (!(await attachments(noted))) return;
        const command = await commandOf(turn);
        if (!command) {
          if (await typedButton(turn, seen)) return;
          seen.verb = 'text';
          for (const take of freeText) if (await take(turn, services)) break;
          return;
        }
        seen.verb = command.route.command;
        const elsewhere = await commandElsewhere(command.route, turn.conversation);
        const { role, team } = command.route;
        if (elsewhere) await tellElsewhere(turn, elsewhere, role, team);
        else await command.route.handle({ ...turn, argument: command.argument }, services);
      }).finally(() => presence.wrote(turn.person));
    },

    async action(turn, verb, data) {
      // Beside what is asked, and no later: it delays nothing, and two presses come in their order.
      const seen = presence.pressed(turn.person);
      await guard(
        { turn: 'action', verb: actions.has(String(verb)) ? String(verb) : 'unknown' },
        (sentence) => turn.notify(sentence),
        async () => {
          const route = typeof verb === 'string' ? actions.get(verb) : undefined;
          if (!route) throw notFound();
          if (route.role !== 'client' && !(await access.may(turn.person, route.role))) throw notFound();
          const elsewhere = await buttonElsewhere(route, turn.conversation);
          if (elsewhere) throw new CourtierError('refused', elsewhere);
          await press(route, turn, data, services);
        },
      );
      await seen;
    },

    isAnsweredIn: async (route, conversation) => (await commandElsewhere(route, conversation)) === undefined,

    choices: choicesOf(features, services, guard),

    async feedback(feedback) {
      const seen = presence.pressed(feedback.person);
      await guard(
        { turn: 'feedback' },
        () => undefined,
        async () => {
          for (const feature of features) if (await feature.feedback?.(feedback, services)) break;
        },
      );
      await seen;
    },

    installed: (turn) =>
      guard(
        { turn: 'installed' },
        () => undefined,
        async () => {
          for (const feature of features) await feature.installed?.(turn, services);
        },
      ),
  };
}

/** Letters and digits only, so that « Aide ! » is `aide`. */
const plain = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function findCommand<S>(
  commands: ReadonlyMap<string, MessageRoute<S>>,
  text: string,
): { route: MessageRoute<S>; argument: string } | undefined {
  const said = plain(text.slice(0, 200));
  const whole = commands.get(said);
  if (whole) return { route: whole, argument: '' };
  const words = text.trim().split(/\s+/);
  for (let taken = Math.min(4, words.length - 1); taken > 0; taken--) {
    const route = commands.get(plain(words.slice(0, taken).join(' ')));
    if (route?.takesArgument) return { route, argument: words.slice(taken).join(' ') };
  }
  return undefined;
}

/** Words that want an answer, and are no more than the name of what comes with them. */
const asks = (text: string): boolean =>
  text.includes('?') ||
  /^(?:est[- ]ce|qu['’eio]|comment|combien|quand|pourquoi|ou |puis[- ]|peu[tx]|doi[ts]|faut|y a[- ]|a qu)/.test(
    fold(text.slice(0, 40)),
  );
