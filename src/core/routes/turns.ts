import type { z } from 'zod';
import type { Card } from '../card.ts';
import type { ActionTurn, ConversationKind, MessageTurn } from '../turn.ts';
import type { Quota, Uncounted } from './quota.ts';

export type Role = 'client' | 'staff' | 'admin';

/** A picture: the name of one of Fluent's icons, and a sign for the clients that draw none. */
export interface Picture {
  readonly icon: string;
  readonly sign: string;
}

/** A choice of a list: what is read, and what is sent. */
export type Choice = {
  readonly title: string;
  readonly value: string;
};

/** Choices that are found while somebody types, where their client asks for them. What is found is for everybody. */
export interface ChoicesRoute<S> {
  /** The name that the list of choices has in its card. */
  readonly dataset: string;
  /** The best first. */
  readonly find: (text: string, services: S) => Promise<readonly Choice[]>;
}

/**
 * Under which heading `aide` shows a command of clients; `first`, with its picture, before all headings; with `greeting`
 * in the first words of a chat alone.
 */
export interface HelpPlace {
  readonly group: 'ask' | 'buy' | 'contracts' | 'settings';
  readonly first?: Picture & { readonly greeting?: true };
}

/** A command that a person may type. It matches the whole message, accents and case aside. */
export interface MessageRoute<S> {
  readonly command: string;
  readonly aliases?: readonly string[];
  /** One line for `aide` and for the Teams manifest. */
  readonly description: string;
  readonly help?: HelpPlace;
  readonly role: Role;
  readonly scopes: readonly ConversationKind[];
  /** A card leads to it as well: it is not one of the twelve, at most, that Teams itself proposes in a scope. */
  readonly minor?: true;
  /** What shows of it, in a shared place, what everybody around may know: a button of the feature, which needs no data. */
  readonly team?: string;
  /** Words may follow the command, as those of a memo would: `turn.argument`. */
  readonly takesArgument?: boolean;
  readonly handle: (turn: MessageTurn, services: S) => Promise<void>;
}

/**
 * A button of a card. `input` refuses a wrong type or an excessive length, and drops the keys that it does not know:
 * clients send along the card's other inputs, and keys of their own.
 */
export interface ActionRoute<S> {
  readonly verb: string;
  readonly role: Role;
  /** Each drawing of its form has a key of its own, so that `turn.effect` is the same for a form that is sent twice. */
  readonly creates?: true;
  /** How often in a day; what creates says it, or why it is not counted. */
  readonly quota?: Quota | Uncounted;
  readonly input: z.ZodType;
  /**
   * Its form as things stand, of what was sent: when that is refused, it comes back with what was typed. Undefined when
   * what was sent is of no form of ours.
   */
  readonly form?: (turn: ActionTurn, sent: object, services: S) => Promise<Card | undefined>;
  readonly handle: (turn: ActionTurn, input: unknown, services: S) => Promise<void>;
}

/** What to do with dropped files, and who may drop them. */
export interface FilesRoute<S> {
  readonly role: Role;
  /** Whether a file of that name is for it; absent for whoever takes what no other does. */
  readonly takes?: (name: string) => boolean;
  /** What such files are called together: « des fiches ». */
  readonly noun: string;
  /** Counted as `files` of its feature. */
  readonly quota: Quota;
  readonly handle: (turn: MessageTurn, services: S) => Promise<void>;
}

/** The title of a button that needs nothing of its card, typed as words: it does what the button does. */
export interface Spoken {
  readonly words: readonly string[];
  readonly verb: string;
  readonly data?: Readonly<Record<string, string | number | boolean>>;
}

/** A question that shows what can be asked: the entry that answers it, and its title. */
export type Example = {
  readonly entry: string;
  readonly title: string;
};

/** What a feature can answer, for those that read a message before it. */
export interface AnswersRoute<S> {
  /** Whether a word, folded, occurs in what it answers, its stem or that very form: it is then no misspelt name. */
  readonly knows: (word: string, services: S, written?: boolean) => boolean;
  /** Whether it answers a text for sure: a name in passing then comes after. */
  readonly surely: (text: string, services: S) => boolean;
  /** Questions to begin with. */
  readonly examples: (services: S) => readonly Example[];
}

/** An action whose handler receives its parsed input. */
export function action<S, I extends z.ZodType>(
  verb: string,
  input: I,
  handle: (turn: ActionTurn, input: z.output<I>, services: S) => Promise<void>,
  role: Role = 'client',
): ActionRoute<S> {
  return {
    verb,
    input,
    role,
    handle: (turn, value, services) => handle(turn, value as z.output<I>, services),
  };
}

/**
 * An action that creates something: `turn.effect` is its id, and creating it twice is creating it once. Its quota is
 * counted under its verb by what writes it (`quotas.spend`).
 */
export const creating = <S, I extends z.ZodType>(
  verb: string,
  quota: Quota | Uncounted,
  input: I,
  handle: Parameters<typeof action<S, I>>[2],
  role?: Role,
): ActionRoute<S> => ({ ...action(verb, input, handle, role), creates: true, quota });

/** An action that creates nothing, but reaches others: counted likewise. */
export const counted = <S>(quota: Quota, route: ActionRoute<S>): ActionRoute<S> => ({ ...route, quota });

/** What is counted in a day, by the name under which it is. */
export const quotasOf = (
  features: readonly {
    readonly id: string;
    readonly actions: readonly Pick<ActionRoute<never>, 'verb' | 'quota'>[];
    readonly files?: Pick<FilesRoute<never>, 'quota'>;
  }[],
): ReadonlyMap<string, Quota> =>
  new Map(
    features.flatMap(({ id, actions, files }) => [
      ...actions.flatMap(({ verb, quota }) => (quota && 'noun' in quota ? [[verb, quota] as const] : [])),
      ...(files ? [[`${id}.files`, files.quota] as const] : []),
    ]),
  );

/** The verbs whose forms carry a key. */
export const creatingVerbs = (
  features: readonly { readonly actions: readonly Pick<ActionRoute<never>, 'verb' | 'creates'>[] }[],
): ReadonlySet<string> =>
  new Set(features.flatMap(({ actions }) => actions.flatMap(({ verb, creates }) => (creates ? [verb] : []))));
