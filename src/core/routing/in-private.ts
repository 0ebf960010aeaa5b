import type { Clock } from '../clock.ts';
import { CourtierError } from '../errors.ts';
import { recipientOf } from '../people/recipient.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Db } from '../ports/db.ts';
import type { Deliveries, Notice } from '../ports/delivery.ts';
import type { Turn } from '../turn.ts';

interface Services {
  readonly db: Db;
  readonly deliveries: Deliveries;
  readonly conversations: Conversations;
  readonly clock: Clock;
}

/**
 * Sends what was pressed where others read to the personal chat of whoever pressed it: once, pressed twice in a minute.
 * `comes` says what would come (« le détail viendra »); whoever has no such chat is told how to have one.
 */
export async function sendInPrivate(
  { person: { tenantId, objectId } }: Pick<Turn, 'person'>,
  { kind, about, subject }: Omit<Notice, 'key'>,
  { db, deliveries, conversations, clock }: Services,
  comes: string,
): Promise<void> {
  if (!(await conversations.personal({ tenantId, objectId })))
    throw new CourtierError(
      'refused',
      `Ajoutez Courtier à vos applications Teams : ${comes} dans votre conversation personnelle.`,
    );
  const minute = clock.now().toString().slice(0, 16);
  const key = `${about}:${tenantId}:${objectId}:${minute}`;
  await db.transaction((tx) =>
    deliveries.address(tx, { kind, key, about, subject }, [recipientOf({ tenantId, objectId })]),
  );
}
