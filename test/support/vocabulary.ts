import type { Card, Content } from '../../src/core/card.ts';
import { typeset } from '../../src/core/text/text.ts';
import type { Conversation, Person } from '../../src/core/turn.ts';
import { personalChat } from './people.ts';
import { type ShownCard, shown } from './shown-card.ts';

/** Somebody, in the personal chat with the assistant, or a conversation. */
export type Place = Person | Conversation;

export interface Posted {
  readonly conversationId: string;
  readonly activityId: string;
  content: Content;
}

/** What a press gives: what its card becomes, and the short word to the person. */
export interface Answer {
  readonly card: ShownCard | undefined;
  /** The form that was refused, as it came back. */
  readonly form?: ShownCard | undefined;
  readonly word: string;
}

interface Hands {
  press(person: Person, verb: unknown, data?: unknown, conversation?: Conversation): Promise<Answer>;
  says(person: Person, text: string, conversation?: Conversation): Promise<void>;
  readonly posted: readonly Posted[];
}

const conversationOf = (place: Place): Conversation => ('objectId' in place ? personalChat(place) : place);

const isCard = (content: Content | undefined): content is Card => typeof content === 'object';

const toldOf = (content: Content | undefined): string => {
  if (content === undefined) return 'nothing';
  return isCard(content) ? `a card, ${content.template}` : `« ${content} »`;
};

/** The word of a press in ordinary spaces, for a test to compare. */
const ordinary = (word: string): string => word.replace(/[\u00a0\u202f]/g, ' ');

/**
 * The words in which tests say what people do and what they get. Each fails with a sentence that says what came
 * instead.
 */
export function vocabulary({ press, says, posted }: Hands) {
  const mustPress = async (...given: Parameters<Hands['press']>): Promise<ShownCard> => {
    const [{ name }, verb] = given;
    const { card, word } = await press(...given);
    if (!card) throw new Error(`${String(verb)} gave no card: ${name} was told « ${word} »`);
    return card;
  };
  const refusedPress = async (...given: Parameters<Hands['press']>): Promise<string> => {
    const [{ name }, verb] = given;
    const { card, word } = await press(...given);
    if (card) throw new Error(`${String(verb)} was not refused: ${name} has ${card.template}\n${card.plain}`);
    if (word === '') throw new Error(`${String(verb)} was not refused: ${name} was told nothing`);
    return ordinary(word);
  };
  const formBack = async (...given: Parameters<Hands['press']>): Promise<ShownCard> => {
    const [{ name }, verb] = given;
    const { card, form, word } = await press(...given);
    if (form) return form;
    throw new Error(`${String(verb)}: no form came back to ${name}, but ${card?.template ?? `« ${word} »`}`);
  };
  async function reaches(
    person: Person,
    buttons: readonly (readonly [verb: string, data: object])[],
    conversation?: Conversation,
  ): Promise<string[]> {
    if (buttons.length === 0) throw new Error('nothing is pressed');
    const reached: string[] = [];
    for (const [verb, data] of buttons) {
      const { card, word } = await press(person, verb, data, conversation);
      if (card || !word.includes('introuvable')) reached.push(`${verb}: ${card?.template ?? word}`);
    }
    return reached;
  }
  type Click = [person: Person, card: ShownCard, title: string, inputs?: object, conversation?: Conversation];
  const pressOf = (...[person, card, title, inputs = {}, conversation]: Click) => {
    const { verb, data } = card.button(title);
    return [person, verb, { ...data, ...inputs }, conversation] as const;
  };
  const inPlace = (place: Place): readonly Posted[] => {
    const { id } = conversationOf(place);
    return posted.filter(({ conversationId }) => conversationId === id);
  };
  const received = (place: Place, template?: string): ShownCard[] =>
    inPlace(place).flatMap(({ content }) =>
      isCard(content) && (template === undefined || content.template === template) ? [shown(content)] : [],
    );

  return {
    /** Presses a button by its verb: the card that takes the place of the one pressed. */
    mustPress,
    /** Presses a button that does nothing but say why not, in a word: the word, in ordinary spaces. */
    refusedPress,
    /** Presses buttons that somebody forged: those that gave anything but « introuvable », each with what it gave. */
    reaches,
    /** Presses a button by its title, with what was typed into the card's inputs. */
    click: (...given: Click) => press(...pressOf(...given)),
    /** The same: the card that takes the place of the one pressed. */
    mustClick: (...given: Click) => mustPress(...pressOf(...given)),
    /** The same: the word that says why not, in ordinary spaces. */
    refusedClick: (...given: Click) => refusedPress(...pressOf(...given)),
    /** Sends what is refused: the form that comes back, with what was typed. */
    sentBack: formBack,
    /** The same, by the title of a button. */
    formBack: (...given: Click) => formBack(...pressOf(...given)),

    /** Writes what is answered by a card: that card. */
    async asks(person: Person, text: string, conversation?: Conversation): Promise<ShownCard> {
      const before = posted.length;
      await says(person, text, conversation);
      const content = posted.slice(before).at(-1)?.content;
      if (!isCard(content)) throw new Error(`« ${text} » was answered by ${toldOf(content)}`);
      return shown(content);
    },
    /** Writes what is answered in a few words: those words. */
    async hears(person: Person, text: string, conversation?: Conversation): Promise<string> {
      const before = posted.length;
      await says(person, text, conversation);
      const content = posted.slice(before).at(-1)?.content;
      if (typeof content !== 'string') throw new Error(`« ${text} » was answered by ${toldOf(content)}`);
      return typeset(content);
    },

    /** What was posted, oldest first. */
    in: inPlace,
    /** The cards that were posted, all or of one template, oldest first. */
    received,
    /** The newest card that was posted, of all or of one template. */
    newest(place: Place, template?: string): ShownCard {
      const card = received(place, template).at(-1);
      if (!card) {
        const there = inPlace(place).map(({ content }) => toldOf(content));
        throw new Error(`no card ${template ?? ''} there, but ${there.join(', ') || 'nothing'}`);
      }
      return card;
    },
  };
}
