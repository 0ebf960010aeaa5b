import { brokerDate } from '../../../../core/business-days.ts';
import { dayWords, type Recall, type RecallRoute, thingOf } from '../../../../core/recalls.ts';
import { count } from '../../../../core/text.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import { evaluationOf } from '../../answering/screens/evaluation.ts';
import type { Recalled } from '../../answering/store/recalling.ts';
import { isAwaited } from '../../rules/standing.ts';
import type { EvaluationServices } from '../../screens/services.ts';
import { closingDue, dueMoment, momentsFor } from '../rules/schedule.ts';
import type { Campaigns } from '../store/campaigns.ts';
import { dueEvaluations } from '../store/reminder-audience.ts';

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
  const { evaluation, contract, standing, kind, follows } = recalled;
  const today = brokerDate(clock.now());
  const window = {
    opensOn: Temporal.PlainDate.from(evaluation.opensOn),
    closesOn: Temporal.PlainDate.from(evaluation.closesOn),
  };
  const open = isAwaited(standing);
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
    step: mine.findLast(({ on }) => compare(on, today) <= 0)?.on,
    next: open ? mine.find(({ on }) => compare(on, today) > 0)?.on : undefined,
  };
}

/** What is due of every campaign that goes on, some at a time: those who were not reminded of it yet are to be. */
async function* due({ campaigns, clock, catalogue }: Services) {
  const today = brokerDate(clock.now());
  for (const campaign of await campaigns.open())
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

/** The evaluations that somebody is asked for (guide 4.9 and 4.10). */
export const recalls: RecallRoute<Services> = {
  due,
  async of(person, services) {
    const rows = await services.evaluations.recalledTo(person);
    return rows
      .filter(({ standing: { kind } }) => kind !== 'unanswered' && kind !== 'coming')
      .map((row) => recallOf(row, services));
  },
  open: (turn, evaluation, services) => evaluationOf(turn, { evaluation, whole: false }, services, ''),
};
