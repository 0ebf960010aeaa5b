import { z } from 'zod';
import { job, notice } from '../../core/feature.ts';
import { Id } from '../../core/id.ts';
import { answerCard, staffCommentCard } from './commenting/cards.ts';
import { supplierOf } from './commenting/screens.ts';
import { type Duty, type DutyState, reminderOf, stateOf } from './duties/rules/duties.ts';
import { dutyCard } from './duties/screens/duty.ts';
import { notedOn } from './recording/store/records.ts';
import { Nothing } from './screens/schema.ts';
import type { ContractServices } from './screens/services.ts';

/** `week`: a reminder that waited until the next one is due is not sent beside it. */
const OfDuty = z.strictObject({ contract: Id, duty: z.string(), week: z.int() });
const OfComment = z.strictObject({ comment: Id });

const REMINDED: Record<DutyState, string> = {
  done: '',
  late: 'Rappel : cette obligation est en retard.',
  passed: 'Rappel : le repère est passé. Le guide ne fixe pas de date.',
  soon: 'Rappel : cette date approche.',
  coming: 'Rappel : cette date approche.',
};

function reminderWords(duty: Duty, { rules, today }: ContractServices['contracts']): string {
  const state = stateOf(duty, false, today(), rules);
  return duty.kind === 'termination' && state !== 'late'
    ? 'La résiliation est notée : ces documents vont au Courtier aussitôt qu’elle prend effet.'
    : REMINDED[state];
}

/** A duty that comes, or is late, for somebody who still follows its contract. */
export const dutyNotice = notice(
  {
    kind: 'contracts.duty',
    title: 'Obligation d’un contrat',
    policy: 'surely',
    hours: 'decent',
    pausable: true,
    priority: 1,
  },
  OfDuty,
  async ({ contract, duty, week }, recipient, { contracts }: ContractServices) => {
    if (recipient.kind !== 'person' || !(await contracts.isReminded(contract, recipient))) return undefined;
    const followed = await contracts.seen(contract, recipient);
    const found = followed?.duties.find(({ id }) => id === duty);
    if (!followed || !found || followed.done.has(duty)) return undefined;
    if (reminderOf(found, contracts.today(), contracts.rules, notedOn(followed.contract)) !== week)
      return undefined;
    return dutyCard(followed, found, contracts, reminderWords(found, contracts));
  },
);

export const commentNotice = notice(
  { kind: 'contracts.comment', policy: 'surely', hours: 'any', pausable: false, priority: 1 },
  OfComment,
  async ({ comment }, _recipient, services: ContractServices) => {
    const row = await services.comments.findComment(comment).catch(() => undefined);
    return row && staffCommentCard(row, await supplierOf(row, services));
  },
);

export const answerNotice = notice(
  { kind: 'contracts.answer', policy: 'surely', hours: 'any', pausable: false, priority: 0 },
  OfComment,
  async ({ comment }, _recipient, { comments }: ContractServices) => {
    const row = await comments.findComment(comment).catch(() => undefined);
    return row?.answer ? answerCard(row) : undefined;
  },
);

/** Every hour: what was told stays told, and what a stop left out is caught up. */
export const remind = job(
  'contracts.remind',
  Nothing,
  (_input, { contracts }: ContractServices) => contracts.remind(),
  {
    every: '20 * * * *',
  },
);
