import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, jest, test } from '@jest/globals';
import { ROOT } from '../../../src/core/root.ts';
import type { Person } from '../../../src/core/turn.ts';
import { tick } from '../../../src/features/evaluations/campaigns/jobs.ts';
import { confirmed, followAll, preview } from '../../support/broadcasts.ts';
import { CONTRACT } from '../../support/contracts.ts';
import { evaluating } from '../../support/evaluations.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { priced } from '../../support/fiches.ts';
import { people } from '../../support/kickoff.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, diane, nadia, samuel } from '../../support/people.ts';
import { linesOf, recalling } from '../../support/recalls.ts';
import type { ShownCard } from '../../support/shown-card.ts';

// Four months of three people with nine contracts, five of which were signed long before they were noted here: every
// card that each of them receives. Before, one person had 41 cards in 20 seconds, and 56 on 15 January; the same words
// came weekly, up to twelve times. The list is docs/quatre-mois.md; QUATRE_MOIS=write writes it anew.

const teams = fakeTeams({ quotaPercent: 10_000 });
const { hour } = recalling(teams);
const { answer, campaign, submit } = evaluating(teams);
const DAYS = 120;
/** How often one thing is told to one person, at most: which of a full card come on its first page is of no order. */
const MOST_TOLD = 6;
const PAGE = join(ROOT, 'docs/quatre-mois.md');
jest.setTimeout(600_000);

const OLD = { signedOn: '2025-01-15', startsOn: '2025-02-01', endsOn: '2027-12-31' };
const NEW = { signedOn: '2026-11-20', startsOn: '2026-12-01', endsOn: '2028-11-30' };
const PEOPLE = { Alex: alex, Nadia: nadia, Samuel: samuel };
type Who = keyof typeof PEOPLE;

/** Notes a contract: what is shown then, where old duties are asked. */
const note = (person: Person, title: string, term: object): Promise<ShownCard> =>
  teams.mustPress(person, 'contracts.create', { ...CONTRACT, ...term, title, sure: 'yes' });

/** A card that a person was sent on a day, without having pressed anything. */
interface Told {
  readonly day: string;
  readonly who: Who;
  readonly template: string;
  readonly card: ShownCard;
}

const told: Told[] = [];
const seen = new Map<Who, number>();
const WHO = Object.keys(PEOPLE) as Who[];
const today = () => teams.clock.today().toString();

/** What came since it was looked at last: kept, or left out where it answers what somebody just pressed. */
function look(keeps: boolean): void {
  for (const who of WHO) {
    const posted = teams.in(PEOPLE[who]);
    for (const { content } of keeps ? posted.slice(seen.get(who) ?? 0) : [])
      if (typeof content === 'object')
        told.push({ day: today(), who, template: content.template, card: teams.shown(content) });
    seen.set(who, posted.length);
  }
}

/** Somebody presses: what is shown in answer is no card that they are sent. */
async function pressing(work: () => Promise<unknown>): Promise<void> {
  look(true);
  await work();
  look(false);
}

async function aDay(): Promise<void> {
  for (const hours of [6, 18]) {
    await teams.services.catalogue.announcements.announceDue();
    await tick.handle({}, teams.services);
    await hour();
    teams.clock.advance({ minutes: 15 });
    await hour();
    look(true);
    teams.clock.advance({ minutes: hours * 60 - 15 });
  }
}

const evaluationOf = async (title: string): Promise<string> => {
  const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 20);
  return rows.find((row) => row.title === title)?.evaluation.id ?? '';
};
const submitted = async (title: string) => {
  const id = await evaluationOf(title);
  await submit(id, '4', { seen: (await teams.services.evaluations.evaluationSeenBy(id, alex)).seen });
};

/** What happens on a day, beside the days that go by. */
const HAPPENS: Readonly<Record<number, () => Promise<unknown>>> = {
  2: async () => {
    const { rows } = await teams.services.contracts.page(alex, 1, 20);
    const first = rows.find(({ contract }) => contract.title === 'Nouveau 1')?.contract.id;
    await teams.mustPress(alex, 'contracts.done', { contract: first, duty: 'copy', on: today() });
  },
  // The first business day of December.
  8: () =>
    teams.services.catalogue.publication.publish(
      [priced('airelle', '9.00', { version: today() })],
      'command',
    ),
  20: () => campaign(30),
  // A colleague answers on all that one is asked for, and the broker sets one contract apart.
  30: async () => {
    for (const title of ['Ancien 1', 'Ancien 2', 'Ancien 3'])
      await answer(await evaluationOf(title), 1, { score1: '2' }, nadia);
    await answer(await evaluationOf('Ancien 3'), 2, {}, nadia);
  },
  33: async () =>
    teams.mustPress(diane, 'evaluations.exclude', {
      apart: await evaluationOf('Nouveau 2'),
      why: 'En litige',
    }),
  40: async () => {
    for (const title of ['Ancien 1', 'Ancien 2']) await submitted(title);
  },
  50: async () => confirmed(teams, diane, await preview(teams, diane)),
};

beforeEach(async () => {
  await people(teams);
  await colleagues(teams, [samuel], 'Ville de Rimouski');
});

/** The nine contracts: what is old of Alex's is said, of Samuel's it is not. */
async function entry(): Promise<void> {
  const asked = [
    await note(alex, 'Ancien 1', OLD),
    await note(alex, 'Ancien 2', OLD),
    await note(alex, 'Ancien 3', OLD),
  ];
  for (const n of [1, 2]) await note(alex, `Nouveau ${n}`, NEW);
  for (const n of [3, 4]) await note(nadia, `Nouveau ${n}`, NEW);
  await note(samuel, 'Ancien 4', OLD);
  await note(samuel, 'Ancien 5', OLD);
  for (const card of asked) {
    expect(card.template).toBe('contracts/entry');
    await teams.mustClick(alex, card, 'Le reste est déjà fait');
  }
  // What is there at first is no news.
  await teams.services.catalogue.announcements.announceDue();
  await teams.runJobs();
  await followAll(teams, alex);
}

/** A card in a line: what it is, and what it says of itself. */
function lineOf({ day, who, template, card: { plain } }: Told): string {
  const lines = plain.split('\n');
  const words = template === 'reminders/day' ? lines[2] : lines[1];
  return `| ${day} | ${who} | \`${template}\` | ${words} |`;
}

/** The page of docs: how many, before and now, and every one of them. */
function pageOf(cards: readonly Told[]): string {
  const of = (who: Who, day?: string) =>
    cards.filter((each) => each.who === who && (!day || each.day === day));
  const most = (who: Who) => Math.max(...cards.map(({ day }) => of(who, day).length));
  return `# Quatre mois de cartes

Trois personnes, neuf contrats, dont cinq signés longtemps avant d'être notés ; ${DAYS} jours. Un changement de prix suivi, une campagne, une collègue qui répond, un contrat mis de côté, un avis. La table est mesurée : \`QUATRE_MOIS=write npm run test:file -- test/features/reminders/four-months.test.ts\` la réécrit.

| | Avant | Maintenant |
| --- | ---: | ---: |
| Cartes à l'entrée de cinq contrats | 41 en 20 secondes | ${of('Alex').filter(({ day }) => day === '2026-11-23').length} |
| Cartes le 15 janvier | 56 | ${of('Alex', '2027-01-15').length} |
| Cartes d'un même jour, au plus | 56 | ${Math.max(...WHO.map(most))} |
| Une même chose, dite à une même personne, au plus | 12 fois | ${MOST_TOLD} fois ou moins |
| Les mêmes mots de la même chose | chaque semaine | ${sameWords(cards)} fois |
${WHO.map((who) => `| Cartes en quatre mois, ${who} | – | ${of(who).length} |`).join('\n')}

| Jour | À qui | Carte | Ce qu'elle dit |
| --- | --- | --- | --- |
${cards.map(lineOf).join('\n')}
`;
}

/** Each line of each card of a day, by whom and what: the words that are new of it. */
function recalled(cards: readonly Told[]): ReadonlyMap<string, readonly string[]> {
  const lines = cards.flatMap(({ who, card }) => {
    const words = card.plain.split('\n');
    return card.buttons
      .filter(({ verb }) => verb === 'reminders.look')
      .map(({ data }, n) => ({
        key: `${who} ${data.thing}`,
        news: words.filter((each) => NEWS.test(each))[n] ?? '',
      }));
  });
  return new Map(
    [...Map.groupBy(lines, ({ key }) => key)].map(([key, each]) => [key, each.map(({ news }) => news)]),
  );
}
const NEWS =
  /^(?:Nouveau · |Il reste|Tout est rempli|Aujourd’hui|Demain|Dans \d+ jours|Depuis|En retard depuis|Repère passé depuis|Vos? \d* ?réponses?|De vos|Le Courtier)/;
const mostTold = (cards: readonly Told[]): number =>
  Math.max(...[...recalled(cards).values()].map(({ length }) => length));
/** How often a thing was told with words that it was told with already. */
const sameWords = (cards: readonly Told[]): number =>
  [...recalled(cards).values()].reduce((sum, news) => sum + news.length - new Set(news).size, 0);

test('over four months, each person has one card a day at most, of what is still to be done', async () => {
  // At eight in the morning, a week before December.
  teams.clock.advance({ hours: -2 });
  await entry();
  look(false);
  for (let n = 0; n < DAYS; n++) {
    const work = HAPPENS[n];
    if (work) await pressing(work);
    await aDay();
  }

  const cards = told.filter(({ template }) => template === 'reminders/day');
  const perDay = Map.groupBy(cards, ({ day, who }) => `${day} ${who}`);
  expect([...perDay.values()].filter((each) => each.length > 1)).toEqual([]);
  // What was old and done, or never answered, is in none; nor is what was done since.
  const lines = cards.flatMap(({ day, who, card }) => linesOf(card).map((line) => `${day} ${who} ${line}`));
  expect(lines.filter((line) => /yearly|final|fees:2025|fees:2026-0|publication.*Samuel/.test(line))).toEqual(
    [],
  );
  const done = await evaluationOf('Ancien 1');
  expect(done).not.toBe('');
  expect(lines.filter((line) => line.endsWith(` ${done}`) && line.slice(0, 10) > '2027-01-02')).toEqual([]);
  for (const { card } of cards) expect(JSON.stringify(card.json).length).toBeLessThan(28_000);
  // Beside the card of the day, nothing but what the broker tells, once each: a price, a notice, thanks.
  const others = told.filter(({ template }) => template !== 'reminders/day');
  expect(others.map(({ who, template }) => `${who} ${template}`)).toEqual([
    // Whoever asked for a body hears that it is confirmed.
    'Samuel people/organization',
    'Alex catalogue/digest',
    'Alex broadcasts/message',
    'Alex evaluations/thanks',
    'Nadia evaluations/thanks',
  ]);
  expect(sameWords(cards)).toBe(0);
  expect(mostTold(cards)).toBeLessThanOrEqual(MOST_TOLD);

  const page = pageOf(told);
  if (process.env.QUATRE_MOIS === 'write') writeFileSync(PAGE, page);
  else expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
