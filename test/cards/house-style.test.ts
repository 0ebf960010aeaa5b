import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { CARDS_FOLDER } from '../../src/app/paths.ts';
import { creatingVerbs } from '../../src/core/routes/turns.ts';
import { buildRenderer } from '../../src/edges/teams/render.ts';
import { features } from '../../src/features/registry.ts';
import { fixtureOf } from '../support/fixtures.ts';

type Json = { readonly [key: string]: unknown };

const templates = features.flatMap((feature) => feature.templates);
const routes = new Map(
  features.flatMap(({ actions }) => actions.map((route) => [route.verb, route] as const)),
);
const render = buildRenderer(CARDS_FOLDER, creatingVerbs(features));
const templateOf = (name: string): unknown =>
  JSON.parse(readFileSync(join(CARDS_FOLDER, `${name}.json`), 'utf8'));

/** Every element, with the style of what it stands on; never what a button sends. */
function elements(node: unknown, ground = ''): { readonly element: Json; readonly ground: string }[] {
  if (Array.isArray(node)) return node.flatMap((each) => elements(each, ground));
  if (node === null || typeof node !== 'object') return [];
  const element = node as Json;
  const stands = /^(?:Container|Column|ColumnSet|Table|TableRow|TableCell)$/.test(String(element.type));
  const below = stands && typeof element.style === 'string' ? element.style : ground;
  const inner = Object.entries(element).filter(([key]) => key !== 'data');
  return [{ element, ground: below }, ...inner.flatMap(([, value]) => elements(value, below))];
}

const isAction = ({ type }: Json): boolean => String(type).startsWith('Action.');

/** What a person reads of an element: not what they typed into it. */
const wordsOf = (element: Json): string[] =>
  [element.text, element.label, element.placeholder, isAction(element) ? element.title : undefined].filter(
    (words) => typeof words === 'string',
  );

/** The inputs that stand together with the buttons that send them, and what the client checks with them: those around. */
interface Form {
  readonly inputs: readonly Json[];
  readonly around: readonly Json[];
  readonly buttons: readonly Json[];
}

/** The forms of a card: its own, and each that is folded under a button. */
function formsOf(card: unknown, around: readonly Json[] = []): Form[] {
  const inputs: Json[] = [];
  const buttons: Json[] = [];
  const folded: unknown[] = [];
  const look = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const item of node) look(item);
      return;
    }
    if (node === null || typeof node !== 'object') return;
    const element = node as Json;
    if (element.type === 'Action.ShowCard') {
      folded.push(element.card);
      return;
    }
    if (String(element.type).startsWith('Input.')) inputs.push(element);
    if (element.type === 'Action.Execute' && element.associatedInputs !== 'none') buttons.push(element);
    for (const [key, inner] of Object.entries(element)) if (key !== 'data') look(inner);
  };
  look(card);
  return [{ inputs, around, buttons }, ...folded.flatMap((inner) => formsOf(inner, [...around, ...inputs]))];
}

/** What a button cannot do without, as its schema has it. */
function neededBy({ verb }: Json): readonly string[] {
  const route = routes.get(String(verb));
  if (!route) return [];
  const { required } = z.toJSONSchema(route.input, { io: 'input', unrepresentable: 'any' });
  return required ?? [];
}

const broken = (node: unknown, isWrong: (element: Json, ground: string) => boolean): string[] =>
  elements(node)
    .filter(({ element, ground }) => isWrong(element, ground))
    .map(({ element }) => JSON.stringify(element).slice(0, 160));

describe.each(templates)('%s', (name) => {
  const template = templateOf(name);
  const drawn = render(fixtureOf(name));

  test('has no yellow on grey', () => {
    expect(broken(drawn, ({ color }, ground) => color === 'Warning' && ground !== '')).toEqual([]);
  });

  test('writes hours in one way, « 14 h 05 »', () => {
    const other = /\b\d{1,2}\s?:\s?\d{2}\b|\b\d{1,2}h\d{0,2}\b|\b\d{1,2} heures? \d/;
    expect(broken(drawn, (element) => wordsOf(element).some((words) => other.test(words)))).toEqual([]);
  });

  test('says « avec réponse », never « répondues », and no « (mois:unités) »', () => {
    const wrong = /répondues|mois\s?:\s?unités/i;
    expect(broken(drawn, (element) => wordsOf(element).some((words) => wrong.test(words)))).toEqual([]);
  });

  test('marks what is required in the client’s way, and in no other', () => {
    const marked = ({ label }: Json) => /\*$|obligatoire|requis/i.test(String(label ?? ''));
    expect(broken(template, marked)).toEqual([]);
    const silent = ({ isRequired, errorMessage }: Json) => isRequired === true && !errorMessage;
    expect(broken(template, silent)).toEqual([]);
  });

  test('marks each input that all the buttons beside it need', () => {
    const unmarked = formsOf(drawn).flatMap(({ inputs, buttons }) =>
      inputs.filter(
        ({ id, isRequired }) =>
          buttons.length > 0 &&
          isRequired !== true &&
          buttons.every((button) => neededBy(button).includes(String(id))),
      ),
    );
    expect(unmarked.map(({ id }) => id)).toEqual([]);
  });

  test('marks nothing around a folded form, which could not be sent without it', () => {
    const held = formsOf(drawn)
      .filter(({ buttons }) => buttons.length > 0)
      .flatMap(({ around }) => around.filter(({ isRequired }) => isRequired === true));
    expect(held.map(({ id }) => id)).toEqual([]);
  });

  test('begins its buttons and its labels with a capital', () => {
    const small = (words: unknown) => typeof words === 'string' && /^\p{Ll}/u.test(words);
    const wrong = (element: Json) =>
      small(element.label) || (isAction(element) && element.verb !== undefined && small(element.title));
    expect(broken(template, wrong)).toEqual([]);
  });

  test('says what to do where there is nothing', () => {
    const lone = ({ type, $when, text }: Json) =>
      type === 'TextBlock' &&
      $when === '${empty}' &&
      !String(text).startsWith('${') &&
      !/[.:].+\.$/.test(String(text));
    expect(broken(template, lone)).toEqual([]);
  });
});
