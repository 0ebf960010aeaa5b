import type { Card } from '../../src/core/card.ts';
import type { Person } from '../../src/core/turn.ts';
import { criteriaOfPart, type Part } from '../../src/features/evaluations/answering/rules/parts.ts';
import { tick } from '../../src/features/evaluations/campaigns/jobs.ts';
import { FORMS_FILE, readForms } from '../../src/features/evaluations/index.ts';
import { gather } from '../../src/features/reminders/jobs.ts';
import type { fakeTeams } from './fake-teams.ts';
import { colleagues } from './organization.ts';
import { alex, diane, nadia, personalChat, staffRoom, strangers } from './people.ts';

type Teams = ReturnType<typeof fakeTeams>;

export const form = readForms(FORMS_FILE).latest;

/** The overall view, as the second card of the form sends it. */
export const OVERALL = { overall: '4', again: 'yes', comment: 'Bon service.' };

/** The same score for every criterion of a card of the form, « sans objet » among them. */
export function scores(part: Part, score = '4'): Record<string, string> {
  const places = criteriaOfPart(form, part).map((_each, n) => n + 1);
  return score === 'na'
    ? { none: places.join(',') }
    : Object.fromEntries(places.map((n) => [`score${n}`, score]));
}

/** So many people, each the confirmed member of a body of its own: Alex is the first. */
export async function ofBodies(teams: Teams, count: number): Promise<Person[]> {
  const others = strangers(Math.max(0, count - 1));
  for (const [n, person] of others.entries()) await colleagues(teams, [person], `Organisme ${n + 2}`);
  return [alex, ...others].slice(0, count);
}

/** The evaluations that a card of the day recalls. */
const recalledIn = ({ template, view: { groups } }: Card): string[] =>
  template === 'reminders/day' && Array.isArray(groups)
    ? groups.flatMap(({ lines }) =>
        lines.flatMap(({ thing, what, news }: Record<string, unknown>) =>
          String(thing).startsWith('evaluations:') ? [`${what} · ${news}`.replaceAll('\\', '')] : [],
        ),
      )
    : [];

const byPlace = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What the evaluations' tests do, day by day. */
export function evaluating(teams: Teams) {
  const day = (n: number) => teams.clock.today().add({ days: n }).toString();

  const answers = (id: string, part: Part, changes: object) => ({
    evaluation: id,
    part,
    revision: 0,
    ...scores(part),
    ...(part === 2 ? OVERALL : {}),
    ...changes,
  });
  /** What one card of the form keeps; the whole evaluation is shown then. */
  const answer = (id: string, part: Part, changes: object = {}, person = alex) =>
    teams.mustPress(person, 'evaluations.answer', answers(id, part, changes));
  const answerRefused = (id: string, part: Part, changes: object = {}) =>
    teams.refusedPress(alex, 'evaluations.answer', answers(id, part, changes));

  async function hour(): Promise<void> {
    await teams.runJobs();
    await tick.handle({}, teams.services);
    await gather.handle({}, teams.services);
    await teams.runJobs();
  }

  /** Where it stands: the card whose button submits what was answered. */
  const review = (id: string, person = alex) =>
    teams.mustPress(person, 'evaluations.open', { evaluation: id, whole: true });
  const confirmed = async (id: string, person = alex) =>
    teams.mustClick(person, await review(id, person), 'Soumettre');

  return {
    day,
    answer,
    answerRefused,
    confirmed,
    review,

    /** A campaign of so many days, open from today unless told otherwise; its id. */
    async campaign(days = 45, opensIn = 0, kind = 'window'): Promise<string> {
      await teams.mustPress(diane, 'evaluations.start', {
        kind,
        name: 'Évaluations 2026',
        opensOn: day(opensIn),
        closesOn: day(opensIn + days),
      });
      const { rows } = await teams.services.campaigns.campaignsPage(1, 1);
      return rows[0]?.id ?? '';
    },

    /** The first evaluation that a person sees. */
    async evaluation(person = alex): Promise<string> {
      const { rows } = await teams.services.evaluations.evaluationsPage(person, 1, 5);
      return rows[0]?.evaluation.id ?? '';
    },

    /** Gives every criterion the same score, and submits. */
    async submit(id: string, score: string, changes: object = {}, person: Person = alex): Promise<void> {
      await answer(id, 1, scores(1, score), person);
      await teams.mustPress(
        person,
        'evaluations.submit',
        answers(id, 2, { ...scores(2, score), overall: score, ...changes }),
      );
    },

    /** The hourly job, then what it made due. */
    tick: hour,

    /** Runs so many days, the job three times a day; each evaluation notice that somebody received, with its day. */
    async run(
      days: number,
      places: Readonly<Record<string, string>> = {
        [personalChat(alex).id]: 'Alex',
        [personalChat(nadia).id]: 'Nadia',
        [staffRoom.id]: 'équipe',
      },
      /** How many hours pass after each look, in a day. */
      looks: readonly number[] = [1, 1, 22],
    ): Promise<string[]> {
      const heard: string[] = [];
      for (let n = 0; n < days; n++)
        for (const hours of looks) {
          const before = teams.posted.length;
          await hour();
          // Of two people who are told at the same hour, who is first is nobody's decision.
          const whom = ({ conversationId }: { conversationId: string }) => String(places[conversationId]);
          const told = teams.posted.slice(before).sort((one, other) => byPlace(whom(one), whom(other)));
          for (const each of told)
            if (typeof each.content === 'object' && each.content.template.startsWith('evaluations/'))
              heard.push(`${day(0)} ${whom(each)} ${each.content.summary}`);
            else if (typeof each.content === 'object')
              heard.push(...recalledIn(each.content).map((words) => `${day(0)} ${whom(each)} ${words}`));
          teams.clock.advance({ hours });
        }
      return heard;
    },
  };
}
