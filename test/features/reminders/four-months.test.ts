import { beforeEach, expect, jest, test } from '@jest/globals';
import type { Person } from '../../../src/core/turn.ts';
import { tick } from '../../../src/features/evaluations/campaigns/jobs.ts';
import { CONTRACT } from '../../support/contracts.ts';
import { evaluating } from '../../support/evaluations.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, nadia, samuel } from '../../support/people.ts';
import { linesOf, recalling } from '../../support/recalls.ts';
import type { ShownCard } from '../../support/shown-card.ts';

// Four months of three people with nine contracts, five of which were signed long before they were noted here. Before,
// one person had 41 cards in 20 seconds, and 56 on 15 January; the same words came weekly, up to twelve times.

const teams = fakeTeams({ quotaPercent: 10_000 });
const { hour } = recalling(teams);
const { campaign, submit } = evaluating(teams);
const DAYS = 120;
jest.setTimeout(600_000);

const OLD = { signedOn: '2025-01-15', startsOn: '2025-02-01', endsOn: '2027-12-31' };
const NEW = { signedOn: '2026-11-20', startsOn: '2026-12-01', endsOn: '2028-11-30' };
const PEOPLE = { Alex: alex, Nadia: nadia, Samuel: samuel };

/** Notes a contract: what is shown then, where old duties are asked. */
const note = (person: Person, title: string, term: object): Promise<ShownCard> =>
  teams.mustPress(person, 'contracts.create', { ...CONTRACT, ...term, title });

/** A card that a person was sent on a day. */
interface Told {
  readonly day: string;
  readonly who: string;
  readonly template: string;
  readonly card: ShownCard;
}

async function aDay(told: Told[], seen: Map<string, number>): Promise<void> {
  for (const hours of [6, 18]) {
    await tick.handle({}, teams.services);
    await hour();
    for (const [who, person] of Object.entries(PEOPLE)) {
      const posted = teams.in(person);
      for (const { content } of posted.slice(seen.get(who) ?? 0))
        if (typeof content === 'object')
          told.push({
            day: teams.clock.today().toString(),
            who,
            template: content.template,
            card: teams.shown(content),
          });
      seen.set(who, posted.length);
    }
    teams.clock.advance({ hours });
  }
}

beforeEach(async () => {
  await people(teams);
  await colleagues(teams, [samuel], 'Ville de Rimouski');
});

test('over four months, each person has one card a day at most, of what is still to be done', async () => {
  // At eight in the morning, two business days before December.
  teams.clock.advance({ hours: -2 });
  const asked = [
    await note(alex, 'Ancien 1', OLD),
    await note(alex, 'Ancien 2', OLD),
    await note(alex, 'Ancien 3', OLD),
  ];
  for (const n of [1, 2]) await note(alex, `Nouveau ${n}`, NEW);
  for (const n of [3, 4]) await note(nadia, `Nouveau ${n}`, NEW);
  await note(samuel, 'Ancien 4', OLD);
  await note(samuel, 'Ancien 5', OLD);
  // Alex says what became of what is old; Samuel says nothing.
  for (const card of asked) {
    expect(card.template).toBe('contracts/entry');
    await teams.mustClick(alex, card, 'Le reste est déjà fait');
  }
  const told: Told[] = [];
  const seen = new Map(Object.entries(PEOPLE).map(([who, person]) => [who, teams.in(person).length]));
  const { rows } = await teams.services.contracts.page(alex, 1, 20);
  const [first] = rows.filter(({ contract }) => contract.title === 'Nouveau 1');
  let done = '';
  for (let n = 0; n < DAYS; n++) {
    if (n === 2) {
      await teams.mustPress(alex, 'contracts.done', {
        contract: first?.contract.id,
        duty: 'copy',
        on: teams.clock.today().toString(),
      });
    }
    if (n === 20) await campaign(30);
    if (n === 40) {
      const found = await teams.services.evaluations.evaluationsPage(alex, 1, 20);
      done = found.rows.find(({ title }) => title === 'Ancien 1')?.evaluation.id ?? '';
      await submit(done, '4');
      for (const [who, person] of Object.entries(PEOPLE)) seen.set(who, teams.in(person).length);
    }
    await aDay(told, seen);
  }

  const cards = told.filter(({ template }) => template === 'reminders/day');
  const perDay = Map.groupBy(cards, ({ day, who }) => `${day} ${who}`);
  expect([...perDay.values()].filter((each) => each.length > 1)).toEqual([]);
  // What was old and done, or never answered, is in none; nor is what was done since.
  const lines = cards.flatMap(({ day, who, card }) => linesOf(card).map((line) => `${day} ${who} ${line}`));
  expect(lines.filter((line) => /yearly|final|fees:2025|fees:2026-0|publication.*Samuel/.test(line))).toEqual(
    [],
  );
  expect(done).not.toBe('');
  const afterwards = teams.clock
    .today()
    .subtract({ days: DAYS - 40 })
    .toString();
  expect(lines.filter((line) => line.includes(done) && line.slice(0, 10) > afterwards)).toEqual([]);
  for (const { card } of cards) expect(JSON.stringify(card.json).length).toBeLessThan(28_000);

  expect(
    cards.map(
      ({ day, who, card }) => `${day} ${who} : ${/^\d+ choses? à faire[^.]*/m.exec(card.plain)?.[0]}`,
    ),
  ).toEqual([
    '2026-11-24 Alex : 2 choses à faire, dans 2 contrats',
    '2026-11-24 Nadia : 2 choses à faire, dans 2 contrats',
    '2026-11-26 Alex : 1 chose à faire',
    '2026-11-26 Nadia : 2 choses à faire, dans 2 contrats',
    '2026-11-30 Alex : 3 choses à faire, dans 2 contrats',
    '2026-11-30 Nadia : 4 choses à faire, dans 2 contrats',
    '2026-12-04 Alex : 3 choses à faire, dans 2 contrats',
    '2026-12-04 Nadia : 4 choses à faire, dans 2 contrats',
    '2026-12-07 Alex : 2 choses à faire, dans 2 contrats',
    '2026-12-07 Nadia : 2 choses à faire, dans 2 contrats',
    '2026-12-14 Alex : 7 choses à faire, dans 5 contrats',
    '2026-12-14 Nadia : 4 choses à faire, dans 2 contrats',
    '2026-12-14 Samuel : 2 choses à faire, dans 2 contrats',
    '2026-12-29 Alex : 6 choses à faire, dans 5 contrats',
    '2026-12-29 Nadia : 4 choses à faire, dans 2 contrats',
    '2026-12-29 Samuel : 2 choses à faire, dans 2 contrats',
    '2027-01-05 Alex : 6 choses à faire, dans 4 contrats',
    '2027-01-05 Nadia : 4 choses à faire, dans 2 contrats',
    '2027-01-05 Samuel : 2 choses à faire, dans 2 contrats',
    '2027-01-08 Alex : 5 choses à faire, dans 5 contrats',
    '2027-01-08 Nadia : 2 choses à faire, dans 2 contrats',
    '2027-01-08 Samuel : 2 choses à faire, dans 2 contrats',
    '2027-01-11 Alex : 4 choses à faire, dans 4 contrats',
    '2027-01-11 Nadia : 2 choses à faire, dans 2 contrats',
    '2027-01-11 Samuel : 2 choses à faire, dans 2 contrats',
    '2027-01-12 Alex : 6 choses à faire, dans 6 contrats',
    '2027-01-12 Nadia : 6 choses à faire, dans 6 contrats',
    '2027-01-12 Samuel : 2 choses à faire, dans 2 contrats',
    '2027-01-14 Alex : 5 choses à faire, dans 5 contrats',
    '2027-01-14 Nadia : 2 choses à faire, dans 2 contrats',
    '2027-01-14 Samuel : 2 choses à faire, dans 2 contrats',
    '2027-01-18 Alex : 5 choses à faire, dans 5 contrats',
    '2027-01-18 Nadia : 2 choses à faire, dans 2 contrats',
    '2027-01-18 Samuel : 2 choses à faire, dans 2 contrats',
    '2027-01-22 Alex : 5 choses à faire, dans 5 contrats',
    '2027-01-22 Nadia : 2 choses à faire, dans 2 contrats',
    '2027-01-22 Samuel : 2 choses à faire, dans 2 contrats',
    '2027-02-12 Alex : 5 choses à faire, dans 5 contrats',
    '2027-02-12 Nadia : 2 choses à faire, dans 2 contrats',
    '2027-02-12 Samuel : 2 choses à faire, dans 2 contrats',
  ]);
  // Before: 41 cards within seconds for the one who noted five contracts, 56 on 15 January alone.
  expect(Object.keys(PEOPLE).map((who) => cards.filter((each) => each.who === who).length)).toEqual([
    15, 15, 10,
  ]);
});
