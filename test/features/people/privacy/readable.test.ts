import { expect, test } from '@jest/globals';
import { readable } from '../../../../src/features/people/privacy/rules/readable.ts';

// Somebody's data, as they can be read: each thing by its name, what they wrote as they wrote it.

const date = (at: Date) => `le ${at.toISOString().slice(0, 10)}`;
const of = (value: unknown) =>
  readable({ Questions: value }, 'Alex', 'en date du 23 novembre 2026', date).sections;

test('rows that are alike are a table, with a word for each code', () => {
  const rows = [
    { text: 'open', status: 'open', askedAt: new Date('2026-11-20T12:00:00Z') },
    { text: 'Et après ?', status: 'taken', askedAt: new Date('2026-11-21T12:00:00Z') },
  ];
  expect(of(rows)).toEqual([
    {
      heading: 'Questions',
      paragraphs: [],
      table: [
        ['Texte', 'État', 'Posée le'],
        ['open', 'ouvert', 'le 2026-11-20'],
        ['Et après ?', 'prise en charge', 'le 2026-11-21'],
      ],
    },
  ]);
});

test('a single value beside a list is told too', () => {
  const sections = of({ role: 'staff', gestes: [{ geste: 'Dossier créé.' }] });
  expect(sections.map(({ heading }) => heading)).toEqual([
    'Questions',
    'Questions · Gestes dans des dossiers',
  ]);
  expect(JSON.stringify(sections)).toContain('équipe');
  expect(JSON.stringify(sections)).toContain('Dossier créé.');
});

test('what has many columns is told row by row, and nothing is said to be nothing', () => {
  const row = { nom: 'A', texte: 'B', role: 'owner', etat: 'open', numero: 1, contrat: 2 };
  expect(of([row])[0]?.paragraphs).toEqual([
    'Nom : A ; Texte : B ; Rôle : responsable ; État : ouvert ; Numéro : 1 ; Contrat : 2',
  ]);
  expect(of([])).toEqual([{ heading: 'Questions', paragraphs: ['Rien.'] }]);
});
