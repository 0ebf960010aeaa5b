import { expect, test } from '@jest/globals';
import { features } from '../../src/features/registry.ts';
import { fixtureOf, hasFixture } from '../support/fixtures.ts';
import { shown } from '../support/shown-card.ts';

const templates = features.flatMap((feature) => feature.templates);

test('each template has a fixture, so that the gallery shows it', () => {
  const missing = templates.filter((template) => !hasFixture(template));
  const how = 'CARD_FIXTURES=test/fixtures/cards npm run test:file -- a test that shows it';
  expect(missing.map((template) => `${template}: record it, ${how}`)).toEqual([]);
});

test.each(templates)('the fixture of %s is a card', (template) => {
  expect(shown(fixtureOf(template)).words).not.toBe('');
});
