import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { CARDS_FOLDER } from '../../src/app/paths.ts';
import { fold } from '../../src/core/text/text.ts';
import { features } from '../../src/features/registry.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { people } from '../support/kickoff.ts';
import { admin, alex, channel, diane, group } from '../support/people.ts';
import { READS } from '../support/walk/walk.ts';

// The title of a button that needs nothing of its card, typed as words, does what the button does.

const teams = fakeTeams();

interface TitledButton {
  readonly title: string;
  readonly verb: string;
  readonly data: object;
  readonly template: string;
}

/** The buttons of a template that show something, that carry nothing of the card, and that are no form's. */
function plainButtons(template: string): TitledButton[] {
  const found: TitledButton[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) walk(item);
    if (Array.isArray(node) || node === null || typeof node !== 'object') return;
    const { type, title, verb, data, associatedInputs } = node as Record<string, unknown>;
    const filled = `${String(title)} ${JSON.stringify(data ?? {})}`.includes('${');
    if (type === 'Action.Execute' && associatedInputs === 'none' && !filled && READS.has(String(verb)))
      found.push({ title: String(title), verb: String(verb), data: data ?? {}, template });
    for (const inner of Object.values(node)) walk(inner);
  };
  walk(JSON.parse(readFileSync(join(CARDS_FOLDER, `${template}.json`), 'utf8')));
  return found;
}

/** Titles that say nothing without their card, and why. */
const NEEDS_ITS_CARD: Readonly<Record<string, string>> = {
  Actualiser: 'Whatever is before one’s eyes.',
  Annuler: 'Whatever was begun there.',
  Abandonner: 'Whatever was begun there.',
  Rester: 'In a body, once one asked for another.',
  'Ne rien changer': 'Of somebody’s role.',
  Toutes: 'The meetings there.',
  'À traiter': 'The comments there.',
  'Sans réponse': 'The questions there.',
  'Avec réponse': 'The questions there.',
  Fermées: 'The questions there.',
  'En attente': 'One’s requests there.',
  'Annulées ou fermées': 'One’s requests there.',
  'En vigueur': 'The team’s answers there.',
  'À réviser': 'The team’s answers there.',
  Retirées: 'The team’s answers there.',
  Traitées: 'The questions to improve there.',
  'Voir la liste': 'Of what it is about: what waits for the team, what one sent.',
  Retour: 'Whatever one came from.',
  Ratées: 'The test set there.',
  Réussies: 'The test set there.',
  'Personnes à joindre': 'A command of that name opens the references.',
  'Exporter (.xlsx)': 'Of the table there; the catalogue’s, when it is typed.',
  'Tous les fournisseurs': 'The evaluated ones there; the catalogue’s, when it is typed.',
};

const all = features.flatMap(({ templates }) => templates.flatMap(plainButtons));
const titled = [...new Map(all.map((button) => [`${button.title} ${button.verb}`, button])).values()].filter(
  ({ title }) => !(title in NEEDS_ITS_CARD),
);

beforeEach(() => people(teams));

test('there are such buttons, and those that need their card are still there', () => {
  expect(titled.length).toBeGreaterThan(20);
  const titles = all.map(({ title }) => title);
  const written = Object.keys(NEEDS_ITS_CARD).filter((title) => !titles.includes(title));
  expect(written).toEqual([]);
});

/** What a message or a press is answered by: the card’s template, or the words. */
const templateOf = (content: unknown): string =>
  typeof content === 'object' && content !== null && 'template' in content
    ? String(content.template)
    : String(content);

test.each(titled.map(({ title, verb, data, template }) => [title, verb, data, template] as const))(
  '« %s » typed does what its button does (%s)',
  async (title, verb, data) => {
    const before = teams.posted.length;
    const { card } = await teams.press(admin, verb, data);
    const pressed = card?.template ?? templateOf(teams.posted.slice(before).at(-1)?.content);
    await teams.says(admin, title);
    expect(templateOf(teams.posted.at(-1)?.content)).toBe(pressed);
  },
);

const spoken = features.flatMap((feature) => feature.spoken ?? []);

test('each title that may be typed is of one button, and is no command', () => {
  const words = spoken.flatMap((each) => each.words).map(fold);
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  const commands = features
    .flatMap(({ messages }) => messages)
    .flatMap(({ command, aliases = [] }) => [command, ...aliases])
    .map(fold);
  expect(words.filter((word) => commands.includes(word))).toEqual([]);
});

test('each opens a button that there is, with data that it takes', () => {
  const actions = new Map(
    features.flatMap((feature) => feature.actions.map(({ verb, input }) => [verb, input] as const)),
  );
  for (const { verb, data = {} } of spoken)
    expect([verb, actions.get(verb)?.safeParse(data).success]).toEqual([verb, true]);
});

test('one of the staff’s is, for anybody else, a question', async () => {
  expect((await teams.asks(diane, 'toutes les campagnes')).template).toBe('evaluations/campaigns');
  expect((await teams.asks(alex, 'toutes les campagnes')).template).toMatch(/^knowledge\//);
});

describe.each([
  ['a channel', channel],
  ['a group', group],
] as const)('in %s', (_name, place) => {
  test('one of one’s own things says where to go, and shows nothing', async () => {
    for (const title of ['tous les dossiers', 'tous mes contrats', 'supprimer mes données'])
      expect((await teams.asks(alex, title, place)).plain).toContain('conversation personnelle');
  });
  test('one of the catalogue is answered', async () => {
    expect((await teams.asks(alex, 'tableau synthèse', place)).template).toBe('catalogue/summary');
  });
});
