import { z } from 'zod';
import { Id } from '../../core/id.ts';
import { job } from '../../core/routes/jobs.ts';
import { notice, teamNotice } from '../../core/routes/notices.ts';
import { staffCard } from './commenting/screens/actions.ts';
import { ownCardOf } from './commenting/screens/own.ts';
import { Nothing } from './screens/schema.ts';
import type { ContractServices } from './screens/services.ts';

const OfComment = z.strictObject({ comment: Id });

/** A card for each duty, of the release before: what it left in the ledger is said in the card of the day instead. */
export const formerDuty = notice(
  { kind: 'contracts.duty', policy: 'surely', hours: 'decent', pausable: true, priority: 1 },
  z.looseObject({}),
  async () => undefined,
);

/** What the release before still enqueues every hour: nothing is left to do of it. A later release drops it. */
export const formerRemind = job('contracts.remind', Nothing, async () => {});

export const commentNotice = teamNotice(
  { kind: 'contracts.comment', policy: 'surely', hours: 'any', pausable: false, priority: 1 },
  OfComment,
  async ({ comment }, _recipient, services: ContractServices) => {
    const row = await services.comments.findComment(comment).catch(() => undefined);
    return row && staffCard(row, services);
  },
);

export const answerNotice = notice(
  { kind: 'contracts.answer', policy: 'surely', hours: 'any', pausable: false, priority: 0 },
  OfComment,
  async ({ comment }, recipient, services: ContractServices) => {
    const row = await services.comments.findComment(comment).catch(() => undefined);
    const theirs = row && recipient.kind === 'person' && row.objectId === recipient.objectId;
    return theirs ? ownCardOf(row, services, 'Le Courtier vous répond.') : undefined;
  },
);
