import { notFound } from '../../../../core/errors.ts';
import {
  dayWords,
  nextOf,
  type Recall,
  type RecallRoute,
  stepOf,
  thingOf,
} from '../../../../core/recalls.ts';
import { capital } from '../../../../core/text/text.ts';
import { clientNotice, momentText } from '../../texts.ts';
import { meetingThing, type RecalledOf } from '../store/reminding.ts';
import type { CardServices } from './services.ts';
import { clientCard } from './status.ts';

const WHAT = {
  prepare: 'Préparer la rencontre de démarrage',
  after: 'Dire si la rencontre de démarrage a eu lieu',
} as const;

const momentOf = ({ kickoff: { startsAt, endsAt } }: RecalledOf, { timeZone }: CardServices): string =>
  startsAt && endsAt ? momentText(startsAt, endsAt, timeZone) : '';

function recallOf(each: RecalledOf, services: CardServices): Recall {
  const { file, kickoff, recalled } = each;
  const { what, done, on, days, ends } = recalled;
  const today = services.kickoffs.today();
  return {
    thing: meetingThing(kickoff, recalled),
    of: `Dossier « ${file.name} »`,
    within: 'file',
    what: `${WHAT[what]} avec ${kickoff.supplierName}`,
    stands: capital(momentOf(each, services)),
    news: dayWords(on, today),
    state: done ? 'done' : 'open',
    on,
    step: stepOf(days, today),
    next: nextOf(days, today),
    ...(ends && { ends }),
  };
}

/** What a file's people are reminded of around their meeting (guide 3.5). */
export const recalls: RecallRoute<CardServices> = {
  due: ({ kickoffs }) => kickoffs.dueMeetings(),

  of: async (person, services) =>
    (await services.kickoffs.recalledTo(person)).map((each) => recallOf(each, services)),

  async open({ person }, id, services) {
    const found = (await services.kickoffs.recalledTo(person)).find(
      ({ kickoff, recalled }) => meetingThing(kickoff, recalled) === thingOf('kickoff', id),
    );
    if (!found) throw notFound();
    const { kickoff, recalled } = found;
    const said = recalled.done ? '' : clientNotice(recalled.what, kickoff, momentOf(found, services));
    return clientCard(kickoff, person, services, said);
  },
};
