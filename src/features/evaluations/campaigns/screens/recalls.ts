import type { Card } from '../../../../core/card.ts';
import { dayWords, type Recall, type RecallRoute, thingOf } from '../../../../core/recalls.ts';
import { count } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { laterOf } from '../../../../core/time/days.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import { apartWords, becameCard, becameWords } from '../../answering/screens/became.ts';
import { evaluationCard, evaluationOf } from '../../answering/screens/evaluation.ts';
import { apartThing, becameThing } from '../../answering/store/news.ts';
import type { Apart, Became, Recalled } from '../../answering/store/recalling.ts';
import { isAwaited } from '../../rules/standing.ts';
import { type EvaluationServices, todayOf } from '../../screens/services.ts';
import { closingDue, dueMoment, momentsFor } from '../rules/schedule.ts';
import type { Campaigns } from '../store/campaigns.ts';
import { dueEvaluations, remindedByStaff } from '../store/reminder-audience.ts';

type Services = EvaluationServices & {
  readonly campaigns: Campaigns;
  readonly catalogue: Pick<CatalogueService, 'days'>;
};

/** What is left to do of it, and when it is due. */
function newsOf({ standing, left, evaluation }: Recalled, today: Temporal.PlainDate): string {
  const when = dayWords(closingDue(evaluation.closesOn).on, today);
  if (standing.kind === 'ready') return `Tout est rempli, il reste à soumettre · ${when}`;
  return standing.kind === 'started' ? `Il reste ${count(left, 'partie')} · ${when}` : when;
}

function recallOf(recalled: Recalled, { clock, catalogue }: Services): Recall {
  const { evaluation, contract, standing, kind, follows, ready } = recalled;
  const today = brokerDate(clock.now());
  const window = {
    opensOn: Temporal.PlainDate.from(evaluation.opensOn),
    closesOn: Temporal.PlainDate.from(evaluation.closesOn),
  };
  const open = isAwaited(standing);
  const byStaff =
    follows && evaluation.remindedOn ? Temporal.PlainDate.from(evaluation.remindedOn) : undefined;
  const { compare } = Temporal.PlainDate;
  const mine = momentsFor(kind, window, catalogue.days).filter(
    ({ moment }) => moment !== 'staff' && (follows || moment === 'members'),
  );
  return {
    thing: thingOf('evaluations', evaluation.id),
    of: `${contract.title} · ${contract.supplierName}`,
    within: 'contract',
    what: evaluation.final
      ? 'Évaluer le fournisseur à la fin du contrat'
      : `Évaluer le fournisseur (${evaluation.year})`,
    stands: standing.sentence,
    news: newsOf(recalled, today),
    state: evaluation.state === 'submitted' ? 'done' : open ? 'open' : 'held',
    on: window.closesOn,
    step: latest(latest(mine.findLast(({ on }) => compare(on, today) <= 0)?.on, ready), byStaff),
    next: open ? mine.find(({ on }) => compare(on, today) > 0)?.on : undefined,
  };
}

const latest = (one: Temporal.PlainDate | undefined, other: Temporal.PlainDate | undefined) =>
  one && other ? laterOf(one, other) : (one ?? other);

/** What is told once of an evaluation, beside where it stands. */
const toldOf = ({ contract, standing, on }: Became | Apart) => ({
  of: `${contract.title} · ${contract.supplierName}`,
  within: 'contract' as const,
  stands: standing.sentence,
  state: 'news' as const,
  on,
  step: on,
  next: undefined,
});

/** What became of somebody's answers. */
function becameRecall(became: Became, { forms }: Services): Recall {
  const { evaluation, own, submission } = became;
  return {
    ...toldOf(became),
    thing: becameThing(evaluation.id, submission.number),
    what: `${submission.by} a soumis l’évaluation à laquelle vous avez contribué`,
    news: becameWords(forms.version(evaluation.form), own, submission.answers).short,
  };
}

const apartRecall = (apart: Apart): Recall => ({
  ...toldOf(apart),
  thing: apartThing(apart.evaluation),
  what: 'Évaluer le fournisseur',
  news: apartWords(apart.standing),
});

/** What is due of every campaign that goes on, some at a time: those who were not reminded of it yet are to be. */
async function* due({ campaigns, clock, catalogue, evaluations }: Services) {
  const today = brokerDate(clock.now());
  for (const campaign of await campaigns.open()) {
    yield remindedByStaff(campaign.id);
    for (const cohort of await campaigns.cohorts(campaign.id)) {
      const window = {
        opensOn: Temporal.PlainDate.from(cohort.opensOn),
        closesOn: Temporal.PlainDate.from(cohort.closesOn),
      };
      const moment = dueMoment(campaign.kind, window, today, catalogue.days);
      const on = momentsFor(campaign.kind, window, catalogue.days).find((each) => each.moment === moment)?.on;
      if (moment && moment !== 'staff' && on) yield dueEvaluations(campaign.id, cohort, moment, on);
    }
  }
  yield* evaluations.dueNews();
}

/** An evaluation, or what was told of it: `became:<id>:<number>`, `apart:<id>:<revision>`. */
async function opened(turn: Pick<ActionTurn, 'person'>, name: string, services: Services): Promise<Card> {
  const [sort = '', id = '', number] = name.split(':');
  if (sort !== 'became' && sort !== 'apart')
    return evaluationOf(turn, { evaluation: name, whole: false }, services, '');
  const answered = await services.evaluations.evaluationSeenBy(id, turn.person);
  const became = sort === 'became' ? becameCard(answered, { number: Number(number) }) : undefined;
  const next = await services.evaluations.nextToAnswer(turn.person, id);
  const notice = sort === 'apart' ? apartWords(answered.standing) : '';
  return became ?? evaluationCard(answered, next, todayOf(services), notice);
}

/** The evaluations that somebody is asked for (guide 4.9 and 4.10). */
export const recalls: RecallRoute<Services> = {
  due,
  async of(person, services) {
    const { recalled, became, apart } = await services.evaluations.toldTo(person);
    return [
      ...recalled
        .filter(({ standing: { kind } }) => kind !== 'unanswered' && kind !== 'coming')
        .map((row) => recallOf(row, services)),
      ...became.map((each) => becameRecall(each, services)),
      ...apart.map(apartRecall),
    ];
  },
  open: opened,
};
