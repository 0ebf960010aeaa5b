import { expect } from '@jest/globals';
import { CARDS_FOLDER } from '../../src/app/paths.ts';
import type { Card } from '../../src/core/card.ts';
import { creatingVerbs } from '../../src/core/routes/turns.ts';
import { buildRenderer } from '../../src/edges/teams/render.ts';
import { features } from '../../src/features/registry.ts';
import { problemsOf } from './card-schema.ts';
import { record } from './fixtures.ts';
import { type Button, type Json, readCard, walkCard } from './read-card.ts';

export type { Button };

const routes = new Map(
  features.flatMap(({ actions }) => actions.map((route) => [route.verb, route] as const)),
);
const render = buildRenderer(CARDS_FOLDER, creatingVerbs(features));

/** A card as a person sees it: its words and its buttons. Every card that a test meets is checked against the schemas. */
export interface ShownCard {
  readonly json: Json;
  readonly template: string;
  readonly words: string;
  /** The same with the facts, in ordinary spaces and without Markdown's escapes. */
  readonly plain: string;
  readonly buttons: readonly Button[];
  readonly inputs: readonly Json[];
  /** The first button whose title has these words; one that cannot be pressed is none. */
  button(title: string): Button;
  /** Whether there is one. */
  offers(title: string): boolean;
  /** The first button that does this. */
  buttonFor(verb: string): Button;
  /** What stands in an input before anybody types. */
  valueOf(input: string): unknown;
  /** The signed part of the first link: what opens a page or a file. */
  token(): string;
}

export function shown(card: Card): ShownCard {
  record(card);
  const json = render(card) as Json;
  const here = (problem: string): string => `${card.template}: ${problem}`;
  expect(problemsOf(json).map(here)).toEqual([]);
  expect(escapedInVain(json).map(here)).toEqual([]);
  const { words, facts, buttons, inputs } = readCard(json);
  expect(disturbed(buttons, inputs).map(here)).toEqual([]);
  expect(primaries(json, card.template).map(here)).toEqual([]);
  return {
    json,
    template: card.template,
    words: words.join('\n'),
    plain: [...words, ...facts]
      .join('\n')
      .replace(/[\u00a0\u202f]/g, ' ')
      .replace(/\\(.)/g, '$1'),
    buttons,
    inputs,
    ...finding(buttons, inputs, json),
  };
}

/** Finds what a test names on a card, or says what there is instead. */
function finding(buttons: readonly Button[], inputs: readonly Json[], json: Json) {
  const titled = (title: string) =>
    buttons.find((button) => button.title.replace(/\s/g, ' ').includes(title));
  const list = (names: readonly unknown[]) => names.join(' | ') || 'none';
  return {
    offers: (title: string) => titled(title) !== undefined,
    button(title: string) {
      const found = titled(title);
      if (!found) throw new Error(`no button « ${title} » among: ${list(buttons.map((each) => each.title))}`);
      return found;
    },
    buttonFor(verb: string) {
      const found = buttons.find((button) => button.verb === verb);
      if (!found) throw new Error(`no button for ${verb} among: ${list(buttons.map((each) => each.verb))}`);
      return found;
    },
    valueOf(input: string) {
      const found = inputs.find(({ id }) => id === input);
      if (!found) throw new Error(`no input ${input} among: ${list(inputs.map(({ id }) => id))}`);
      return found.value;
    },
    token() {
      const found = /\/(?:liens|telechargements)\/([\w.-]+)/.exec(JSON.stringify(json))?.[1];
      if (!found) throw new Error('no link on the card');
      return found;
    },
  };
}

/** The features in which a client goes from a file to its contract. */
const PATH = /^(?:acquisitions|needs|scenarios|kickoff|contracts)\//;

/** More than one thing to do now, of what is not folded, on the client's path. */
function primaries(json: Json, template: string): string[] {
  const blue: string[] = [];
  const look = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const item of node) look(item);
      return;
    }
    if (node === null || typeof node !== 'object') return;
    const { type, style, title } = node as Json;
    if (String(type).startsWith('Action.') && style === 'positive') blue.push(String(title));
    if (type !== 'Action.ShowCard') look(Object.values(node));
  };
  if (PATH.test(template)) look(json);
  return blue.length > 1 ? [`more than one blue button: ${blue.join(' | ')}`] : [];
}

/** Escapes where Markdown is not read: people would see them. */
function escapedInVain(json: Json): string[] {
  const found: string[] = [];
  const check = (node: Json, keys: readonly string[]) => {
    for (const key of keys)
      if (/\\[`*_[\]()#~|!.:@+-]|&(?:lt|gt|amp);/.test(String(node[key] ?? '')))
        found.push(`${key}: ${node[key]}`);
  };
  walkCard(json, (node) => {
    check(node, ['fallbackText', 'speak', 'altText', 'label', 'placeholder', 'errorMessage']);
    if (String(node.type).startsWith('Action.')) check(node, ['title']);
    if (Array.isArray(node.choices)) for (const choice of node.choices) check(choice, ['title', 'value']);
  });
  return found;
}

/**
 * Buttons that say that no input goes with them, and that mean something else when a client sends the card's inputs
 * along all the same, as some do.
 */
function disturbed(buttons: readonly Button[], inputs: readonly Json[]): string[] {
  return buttons.flatMap(({ title, verb, data, alone }) => {
    const schema = routes.get(verb ?? '')?.input;
    if (!alone || !schema) return [];
    const meant = JSON.stringify(schema.safeParse(data).data);
    return ['', 'zzz']
      .filter((typed) => {
        const sent = { ...data, ...Object.fromEntries(inputs.map(({ id }) => [String(id), typed])) };
        return JSON.stringify(schema.safeParse(sent).data) !== meant;
      })
      .map((typed) => `${title}: another press with « ${typed} » in the inputs of the card`);
  });
}
