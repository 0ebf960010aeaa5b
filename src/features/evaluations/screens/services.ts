import type { Clock } from '../../../core/clock.ts';
import type { Documents } from '../../../core/ports/documents.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import type { Contracts } from '../../contracts/index.ts';
import type { Belonging, Links } from '../../people/index.ts';
import type { Forms } from '../answering/rules/form.ts';
import type { Evaluations } from '../answering/store/evaluations.ts';
import type { EvaluationChannels } from '../campaigns/store/channels.ts';

export interface EvaluationServices {
  readonly belonging: Belonging;
  readonly evaluationChannels: EvaluationChannels;
  readonly clock: Clock;
  readonly contracts: Contracts;
  readonly documents: Documents;
  readonly evaluations: Evaluations;
  readonly forms: Forms;
  readonly links: Links;
}

export const todayOf = ({ clock }: Pick<EvaluationServices, 'clock'>): string =>
  brokerDate(clock.now()).toString();
