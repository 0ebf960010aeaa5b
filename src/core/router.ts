import type { Content } from './card.ts';
import { databaseTrouble, TROUBLES } from './database-trouble.ts';
import { CourtierError, notFound } from './errors.ts';
import type { ActionRoute, Feature, MessageRoute, Role } from './feature.ts';
import type { Log } from './ports.ts';
import { fold } from './text.ts';
import type { ActionTurn, ConversationKind, InstalledTurn, MessageTurn, Person } from './turn.ts';

/** Tells whether a person holds a role; asked only for routes above `client`. */
export interface Access {
  may(person: Person, role: Role): Promise<boolean>;
}

export interface Router {
  message(turn: MessageTurn): Promise<void>;
  /** Runs the button's handler. Unknown verbs, foreign data and missing rights all get the same answer. */
  action(turn: ActionTurn, verb: unknown, data: unknown): Promise<void>;
  installed(turn: InstalledTurn): Promise<void>;
}

const UNEXPECTED = "Je n'ai pas pu terminer. Rien n'est perdu : veuillez réessayer dans un instant.";

const NO_FILES = 'Je ne lis pas les fichiers. Écrivez-moi votre question, et je chercherai la réponse.';
const FILES_ELSEWHERE = 'Déposez ce fichier dans notre conversation personnelle.';

/** Sends each turn to the one handler that the features' manifests declare for it. */
export function buildRouter<S>(
  features: readonly Feature<S>[],
  services: S,
  access: Access,
  log: Log,
): Router {
  const commands = new Map<string, MessageRoute<S>>();
  const actions = new Map<string, ActionRoute<S>>();
  for (const feature of features) {
    for (const route of feature.messages)
      for (const name of [route.command, ...(route.aliases ?? [])]) commands.set(plain(name), route);
    for (const route of feature.actions) actions.set(route.verb, route);
  }
  const freeText = features.flatMap((feature) => feature.freeText ?? []);
  const files = features.find((feature) => feature.files)?.files;

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

  /** Files go to whoever reads them, when the person may drop them there; the words beside them are not read. */
  async function filesDropped(turn: MessageTurn): Promise<void> {
    if (!files || !(await access.may(turn.person, files.role))) await turn.reply(NO_FILES);
    else if (turn.conversation.kind !== 'personal') await turn.reply(FILES_ELSEWHERE);
    else await files.handle(turn, services);
  }

  /** One boundary for every turn: a sentence for the person, the cause for the log. */
  async function guard(
    what: object,
    tell: (sentence: string) => unknown,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof CourtierError) {
        if (error.cause) log.warn({ ...what, kind: error.kind, err: error.cause }, 'turn refused');
        await tell(error.message);
        return;
      }
      const trouble = databaseTrouble(error);
      if (trouble) log.warn({ ...what, trouble, err: error }, 'turn without its database');
      else log.error({ ...what, err: error }, 'turn failed');
      await tell(trouble ? TROUBLES[trouble] : UNEXPECTED);
    }
  }

  return {
    message(received) {
      const { turn, tell } = noting(received);
      return guard({ turn: 'message' }, tell, async () => {
        if (turn.files.length > 0) return filesDropped(turn);
        const command = await commandOf(turn);
        if (!command) {
          for (const take of freeText) if (await take(turn, services)) break;
        } else if (command.route.scopes.includes(turn.conversation.kind)) {
          await command.route.handle({ ...turn, argument: command.argument }, services);
        } else await turn.reply(elsewhere(command.route));
      });
    },

    action: (turn, verb, data) =>
      guard(
        { turn: 'action', verb: actions.has(String(verb)) ? verb : 'unknown' },
        (sentence) => turn.notify(sentence),
        async () => {
          const route = typeof verb === 'string' ? actions.get(verb) : undefined;
          if (!route) throw notFound();
          const input = route.input.safeParse(data ?? {});
          if (!input.success)
            throw new CourtierError('invalid', refusal(input.error.issues[0]), {
              path: input.error.issues[0]?.path,
            });
          if (route.role !== 'client' && !(await access.may(turn.person, route.role))) throw notFound();
          await route.handle(turn, input.data, services);
        },
      ),

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

/** A turn, and the way to tell of its failure, which fails the turn itself only when nothing was answered yet. */
function noting(turn: MessageTurn): { turn: MessageTurn; tell(sentence: string): Promise<unknown> } {
  let answered = false;
  const reply = async (content: Content) => {
    const id = await turn.reply(content);
    answered = true;
    return id;
  };
  return {
    turn: { ...turn, reply },
    tell: (sentence) =>
      turn.reply(sentence).catch((error: unknown) => {
        if (!answered) throw error;
      }),
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

const PLACES: Record<ConversationKind, string> = {
  personal: 'dans notre conversation personnelle',
  group: 'dans une conversation de groupe',
  channel: "dans un canal d'équipe",
};

const elsewhere = ({ command, scopes }: { command: string; scopes: readonly ConversationKind[] }): string =>
  `La commande « ${command} » s'utilise ${scopes.map((scope) => PLACES[scope]).join(' ou ')}.`;

/** A schema's own sentence when it is one of ours (French, ending with a period), else a general one. */
function refusal(issue: { readonly message: string } | undefined): string {
  return issue?.message.endsWith('.')
    ? issue.message
    : "Cette carte ne correspond plus à ce que j'attends. Redemandez-la, puis réessayez.";
}
