import { expect, test } from '@jest/globals';
import {
  byBroker,
  byGuide,
  type Due,
  dueText,
  isLate,
  isPast,
  originLine,
  pastText,
} from '../../../src/core/time/due.ts';

const on = Temporal.PlainDate.from('2026-11-27');
const guides: Due = { ...byGuide('4.12'), on };
const brokers: Due = { ...byBroker('content/calendar/contrats.yaml, feeDays'), on };

test('a date of the guide is « au plus tard », then late, with its section and edition', () => {
  expect(dueText(guides)).toBe('Au plus tard le 27 novembre 2026');
  expect(pastText(guides)).toBe('En retard : attendu au plus tard le 27 novembre 2026');
  expect(originLine(byGuide('4.12'), guides)).toBe('Source : Guide, section 4.12 (édition du 1er juin 2018)');
});

test('a date of the broker is a mark, never late, and has no source line', () => {
  expect(dueText(brokers)).toBe('Repère : 27 novembre 2026');
  expect(pastText(brokers)).toBe('Repère passé : 27 novembre 2026');
  for (const asked of [byGuide('4.1'), byBroker('x')]) {
    expect(originLine(asked, brokers)).toMatch(/^Repère : /);
    expect(originLine(asked, brokers)).not.toMatch(/Source|retard|au plus tard/i);
  }
  expect(isLate(brokers, on.add({ years: 1 }))).toBe(false);
});

test('a date passes the day after it', () => {
  expect([isPast(guides, on), isPast(guides, on.add({ days: 1 }))]).toEqual([false, true]);
  expect([isLate(guides, on), isLate(guides, on.add({ days: 1 }))]).toEqual([false, true]);
});
