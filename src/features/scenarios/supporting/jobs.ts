import { z } from 'zod';
import { notice } from '../../../core/routes/notices.ts';

/** A card for each reminder, of the release before: what it left in the ledger is said in the card of the day instead. */
const former = (kind: string) =>
  notice(
    { kind, policy: 'surely', hours: 'decent', pausable: true, priority: 1 },
    z.looseObject({}),
    async () => undefined,
  );

export const formerReminders = ['scenarios.answerLate', 'scenarios.trialAsked', 'scenarios.trialEnds'].map(
  former,
);
