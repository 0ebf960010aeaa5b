import { notice } from '../../core/routes/notices.ts';
import { questionOf } from './rules/questions.ts';
import type { NeedsServices } from './screens/actions.ts';
import * as cards from './screens/cards.ts';
import { DelegationJob } from './screens/schema.ts';

const rules = { policy: 'once', hours: 'any', pausable: false, priority: 0 } as const;

/** A question, to the colleague to whom it was put. */
export const asked = notice(
  { kind: 'needs.asked', ...rules },
  DelegationJob,
  async ({ delegation: id }, _recipient, { needs }: NeedsServices) => {
    const delegation = await needs.toAnswer(id);
    const question = questionOf(delegation?.question ?? '');
    return delegation && question
      ? cards.askedCard(delegation, question, await needs.answersOf(delegation.acquisitionId))
      : undefined;
  },
);

/** Whoever put a question: it is answered. */
export const answered = notice(
  { kind: 'needs.answered', ...rules },
  DelegationJob,
  async ({ delegation: id }, _recipient, { needs }: NeedsServices) => {
    const delegation = await needs.put(id);
    const question = questionOf(delegation?.question ?? '');
    return delegation && question && cards.answeredCard(delegation, question);
  },
);
