import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { fakeTeams } from '../../support/fake-teams.ts';
import { met, staffed } from '../../support/organization.ts';
import { admin, alex, diane, samuel } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import { hands } from '../../support/walk/hands.ts';

const teams = fakeTeams({ shortGuide: true });
const days = () => teams.services.days;
const date = (text: string) => Temporal.PlainDate.from(text);
/** A Wednesday. */
const CLOSED = { day: '2026-11-25', label: 'Déménagement' };

beforeEach(async () => {
  await met(teams, admin, diane, samuel, alex);
  await staffed(teams, diane);
  await teams.services.closedDays.refresh();
});

const opened = async () => teams.mustClick(admin, await teams.asks(admin, 'équipe'), 'Jours de fermeture');
const closing = async (typed: object = CLOSED) =>
  teams.mustClick(admin, await opened(), 'Ajouter ce jour', typed);
const rows = () => countOf(teams, sql`closed_days`);

describe('a day on which the office is closed', () => {
  test('is added with its reason, seen among the days of its year, and in what the team reads of its rules', async () => {
    const card = await closing();
    expect(card.plain).toContain('25 novembre 2026 : Déménagement');
    expect((await teams.asks(admin, 'équipe')).plain).toContain(
      'Les prochains : 25 novembre 2026, 24 décembre 2026',
    );
  });

  test('counts in no delay of the broker, from the moment when it is read, and again once it is taken away', async () => {
    const due = () => days().office.add(date('2026-11-24'), 2).toString();
    expect(due()).toBe('2026-11-26');
    const card = await closing();
    expect(due()).toBe('2026-11-27');
    expect(days().office.between(date('2026-11-24'), date('2026-11-26'))).toBe(1);
    await teams.mustClick(admin, card, 'Retirer');
    expect(due()).toBe('2026-11-26');
  });

  test('moves no date of the guide, nor the day on which prices may change', async () => {
    const first = days().nextPriceDate(date('2026-11-24')).toString();
    await closing({ day: first, label: 'Inventaire' });
    expect(days().nextPriceDate(date('2026-11-24')).toString()).toBe(first);
    expect(days().add(date('2026-11-30'), 1).toString()).toBe(first);
  });

  test('puts off what a question waits for, and what did not move, for whoever looks at it then', async () => {
    await hands(teams).handedOver('Qui prête le traîneau de Zélie ?');
    const question = async () => (await teams.services.office.standing(new Set(['question'])))[0];
    expect((await question())?.due?.on?.toString()).toBe('2026-11-25');
    await closing({ day: '2026-11-24', label: 'Tempête' });
    expect((await question())?.due?.on?.toString()).toBe('2026-11-26');
    teams.clock.advance({ days: 2 });
    expect((await question())?.still).toBe(1);
  });

  test('has no list told to the team that morning, and one the next', async () => {
    await hands(teams).handedOver('Qui prête le traîneau de Zélie ?');
    await closing({ day: '2026-11-24', label: 'Tempête' });
    const told = async () => {
      teams.clock.advance({ days: 1 });
      await teams.services.office.tellDay();
      await teams.runJobs();
      return teams.received(diane, 'office/digest').length;
    };
    expect([await told(), await told()]).toEqual([0, 1]);
  });

  test('is added once, its form sent twice, and taken away once', async () => {
    const form = await opened();
    const { verb, data } = form.button('Ajouter ce jour');
    await teams.mustPress(admin, verb, { ...data, ...CLOSED });
    const card = await teams.mustPress(admin, verb, { ...data, ...CLOSED });
    expect(await rows()).toBe(1);
    const { verb: open, data: which } = card.button('Retirer');
    await teams.mustPress(admin, open, which);
    const again = await teams.mustPress(admin, open, which);
    expect(again.plain).toContain('n’est plus un jour de fermeture');
    expect(await rows()).toBe(0);
  });

  test.each([
    ['past', '2026-11-20', 'Ce jour est passé'],
    ['a holiday', '2026-12-25', 'déjà fermé le 25 décembre 2026 : Noël'],
    ['a week-end', '2026-11-28', 'fin de semaine'],
  ])(
    'that is %s is refused beside its field, and the form comes back as typed',
    async (_what, day, sentence) => {
      const form = await teams.formBack(admin, await opened(), 'Ajouter ce jour', {
        day,
        label: 'Inventaire',
      });
      expect(form.plain).toContain(sentence);
      expect(form.valueOf('label')).toBe('Inventaire');
      expect(await rows()).toBe(0);
    },
  );

  test('that is one already is refused, with its reason', async () => {
    await closing();
    const form = await teams.formBack(admin, await opened(), 'Ajouter ce jour', {
      ...CLOSED,
      label: 'Autre',
    });
    expect(form.plain).toContain('déjà fermé le 25 novembre 2026 : Déménagement');
    expect(await rows()).toBe(1);
  });

  test('once past is not taken away: what was computed stays true', async () => {
    const card = await closing();
    const { verb, data } = card.button('Retirer');
    teams.clock.advance({ days: 7 });
    expect((await teams.mustPress(admin, verb, data)).plain).toContain('est passé');
    expect(await rows()).toBe(1);
  });

  test('is in the journal, with who closed and opened the office', async () => {
    await teams.mustClick(admin, await closing(), 'Retirer');
    const { rows: acts } = (await teams.db.execute(
      sql`select action, object_id from audit where action like 'closedDay.%' order by id`,
    )) as unknown as { rows: { action: string; object_id: string }[] };
    expect(acts).toEqual([
      { action: 'closedDay.add', object_id: admin.objectId },
      { action: 'closedDay.remove', object_id: admin.objectId },
    ]);
  });

  test('is of administrators: a member of the team and a client are refused', async () => {
    const { verb, data } = (await opened()).button('Ajouter ce jour');
    for (const person of [diane, alex]) await teams.press(person, verb, { ...data, ...CLOSED });
    expect(await rows()).toBe(0);
  });
});

test('the days of a year are paged; another year is one press away', async () => {
  await teams.db.execute(sql`
    insert into closed_days (day, label, created_at)
    select to_char(date '2027-01-01' + n, 'YYYY-MM-DD'), 'Jour ' || n, now() from generate_series(0, 364) n`);
  const next = await teams.mustClick(admin, await opened(), 'Année 2027');
  expect(next.plain).toContain('Page 1 de 46');
  expect((await teams.mustClick(admin, next, 'Suivante')).plain).toContain('9 janvier 2027');
  expect(next.plain).toContain('27 décembre 2027 : Noël');
});
