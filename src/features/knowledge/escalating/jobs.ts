import { z } from 'zod';
import { Id } from '../../../core/id.ts';
import { notice } from '../../../core/routes/notices.ts';
import type { KnowledgeServices } from '../answering/screens/actions.ts';
import { Escalation } from '../screens/schema.ts';
import * as texts from '../texts.ts';
import { escalationCard } from './screens/cards.ts';
import { answeredCard, requestCard } from './screens/request-cards.ts';

const rules = { hours: 'any', pausable: false, priority: 0 } as const;

/** The staff's card of a question, in the channel that is theirs now; elsewhere it stays as it was. */
export const card = notice(
  { kind: 'knowledge.card', policy: 'surely', ...rules },
  Escalation,
  async (
    { escalation: id },
    recipient,
    { knowledge: { base, escalations }, staffChannel, timeZone }: KnowledgeServices,
  ) => {
    const row = await escalations.findEscalation(id);
    const here = await staffChannel.isForStaff(recipient);
    return row && here ? escalationCard(await escalations.staffView(row), base, timeZone) : undefined;
  },
);

/** The answer as it was given, unless the question was opened again, or its asker forgotten. */
export const answer = notice(
  { kind: 'knowledge.answer', policy: 'once', ...rules },
  z.strictObject({ escalation: Id, revision: z.int() }),
  async ({ escalation: id, revision }, recipient, { knowledge: { escalations } }: KnowledgeServices) => {
    const row = await escalations.findEscalation(id);
    if (row?.status !== 'answered' || row.answeredRevision !== revision) return undefined;
    const asked = await escalations.wordsFor(id, recipient);
    return asked && answeredCard(row, asked);
  },
);

/** That the staff closed it without an answer, unless it was opened again. */
export const closed = notice(
  { kind: 'knowledge.closed', policy: 'once', ...rules },
  Escalation,
  async ({ escalation: id }, recipient, { knowledge: { escalations }, timeZone }: KnowledgeServices) => {
    const escalation = await escalations.findEscalation(id);
    if (escalation?.status !== 'closed' || escalation.cancelledAt) return undefined;
    const asked = await escalations.wordsFor(id, recipient);
    const personal = recipient.kind === 'person';
    return (
      asked &&
      requestCard(
        { escalation, ...asked, leftAt: null },
        { added: [], delay: undefined, personal, timeZone, notice: texts.closed },
      )
    );
  },
);
