import type { CalendarItem } from '../../../../core/ports/documents.ts';
import type { PersonKey } from '../../../people/index.ts';
import { closingDue } from '../../campaigns/rules/schedule.ts';
import { isAwaited } from '../../rules/standing.ts';
import type { EvaluationServices } from '../../screens/services.ts';

/** How many evaluations are looked into. */
const MOST = 50;
/** At nine in the morning, three days before and the day before: minutes before a whole day begins. */
const ALARMS = [(3 * 24 - 9) * 60, (24 - 9) * 60];

/** The evaluations that somebody has still to answer, on their last day, for their own calendar. */
export async function events(
  person: PersonKey,
  { evaluations }: Pick<EvaluationServices, 'evaluations'>,
): Promise<CalendarItem[]> {
  const { rows } = await evaluations.evaluationsPage(person, 1, MOST);
  return rows
    .filter(({ standing }) => isAwaited(standing))
    .map(({ evaluation, title, supplier, standing }) => ({
      id: evaluation.id,
      title: `Dernier jour pour évaluer ${supplier} · ${title}`,
      text: [
        `${title} · ${supplier}`,
        standing.sentence,
        'Dans Teams, écrivez « mes évaluations » à Courtier.',
      ].join('\n'),
      when: closingDue(evaluation.closesOn).on,
      alarms: ALARMS,
      // The duty to evaluate is this evaluation.
      insteadOf: [`${evaluation.contractId}-${evaluation.final ? 'final' : `yearly:${evaluation.year}`}`],
      sequence: evaluation.revision,
    }));
}
