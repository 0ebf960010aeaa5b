import type { Person } from '../../src/core/turn.ts';
import { tick } from '../../src/features/evaluations/campaigns/jobs.ts';
import { FORMS_FILE, readForms } from '../../src/features/evaluations/index.ts';
import type { fakeTeams } from './fake-teams.ts';
import { colleagues } from './organization.ts';
import { alex, diane, nadia, personalChat, staffRoom, strangers } from './people.ts';

type Teams = ReturnType<typeof fakeTeams>;

export const form = readForms(FORMS_FILE).latest;

export const OVERALL = { overall: '4', again: 'yes', comment: 'Bon service.', revision: 0 };

/** A group of the form, by its place. */
export function group(at: number) {
  const found = form.groups[at];
  if (!found) throw new Error('no group');
  return found;
}

/** The same score for every criterion of a group. */
export const scores = (at: number, score = '4') =>
  Object.fromEntries(
    group(at).criteria.flatMap((_each, n) => [
      [`score${n + 1}`, score],
      [`comment${n + 1}`, ''],
    ]),
  );

/** So many people, each the confirmed member of a body of its own: Alex is the first. */
export async function ofBodies(teams: Teams, count: number): Promise<Person[]> {
  const others = strangers(Math.max(0, count - 1));
  for (const [n, person] of others.entries()) await colleagues(teams, [person], `Organisme ${n + 2}`);
  return [alex, ...others].slice(0, count);
}

const byPlace = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What the evaluations' tests do, day by day. */
export function evaluating(teams: Teams) {
  const day = (n: number) => teams.clock.today().add({ days: n }).toString();

  const answers = (id: string, at: number, changes: object) => ({
    evaluation: id,
    section: group(at).id,
    revision: 0,
    ...scores(at),
    ...changes,
  });
  const answer = (id: string, at: number, changes: object = {}, person = alex) =>
    teams.mustPress(person, 'evaluations.answer', answers(id, at, changes));
  const answerRefused = (id: string, at: number, changes: object = {}) =>
    teams.refusedPress(alex, 'evaluations.answer', answers(id, at, changes));

  async function hour(): Promise<void> {
    await teams.runJobs();
    await tick.handle({}, teams.services);
    await teams.runJobs();
  }

  /** The summary, whose button submits. */
  const review = (id: string, person = alex) =>
    teams.mustPress(person, 'evaluations.review', { evaluation: id });
  const confirmRefused = async (id: string, person = alex) =>
    teams.refusedClick(person, await review(id, person), 'Confirmer et soumettre');
  const confirmed = async (id: string, person = alex) =>
    teams.mustClick(person, await review(id, person), 'Confirmer et soumettre');

  return {
    day,
    answer,
    answerRefused,
    confirmed,
    confirmRefused,
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
      for (let at = 0; at < form.groups.length; at++) await answer(id, at, scores(at, score), person);
      await teams.mustPress(person, 'evaluations.answerOverall', {
        evaluation: id,
        ...OVERALL,
        overall: score,
        ...changes,
      });
      await confirmed(id, person);
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
          teams.clock.advance({ hours });
        }
      return heard;
    },
  };
}
