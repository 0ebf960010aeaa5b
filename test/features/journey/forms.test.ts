import { describe, expect, test } from '@jest/globals';
import { features } from '../../../src/features/registry.ts';
import { fixtureOf } from '../../support/fixtures.ts';
import { shown } from '../../support/shown-card.ts';

// The forms between a file and its contract forgive: what they refuse comes back as it was typed. How what they need is
// marked is every card's law: test/cards/house-style.test.ts.

const PATH = ['acquisitions', 'needs', 'scenarios', 'kickoff', 'contracts'];
const path = features.filter(({ id }) => PATH.includes(id));
const routes = new Map(path.flatMap(({ actions }) => actions.map((route) => [route.verb, route] as const)));

const forms = path
  .flatMap(({ templates }) => templates)
  .map((template) => shown(fixtureOf(template)))
  .flatMap(({ template, buttons, inputs }) =>
    buttons.flatMap(({ verb = '', alone }) => {
      const route = routes.get(verb);
      return route && !alone && inputs.length > 0 ? [{ template, verb, route, inputs }] : [];
    }),
  );

test('there are forms to look at', () => expect(forms.length).toBeGreaterThan(15));

describe.each(forms)('the form of $verb, on $template', ({ route, inputs }) => {
  test('comes back when what it sends is refused', () => {
    expect(route.role !== 'client' || route.form !== undefined).toBe(true);
  });

  test('says what is wrong of each input that it needs', () => {
    expect(inputs.filter(({ isRequired, errorMessage }) => isRequired && !errorMessage)).toEqual([]);
  });

  test('says nowhere in a label that an answer is optional or required', () => {
    expect(
      inputs
        .map(({ label }) => label)
        .filter((label) => /facultati|nécessaire|obligatoire/i.test(String(label))),
    ).toEqual([]);
  });
});
