import { and, eq, inArray } from 'drizzle-orm';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Basis } from '../../meeting/store/basis.ts';
import { ENDED } from '../../meeting/store/fates.ts';
import { type Kickoff, type MailNote, mailNotes } from '../../tables.ts';
import type { MailState } from '../rules.ts';

/** E-mails from the broker's mailbox: each is asked for once, and sent at most once. */
export function buildMailSending({ db, audit, queue, quotas, find, lock, now }: Basis) {
  const note = { id: mailNotes.id, state: mailNotes.state };

  return {
    /** Asks for the e-mail to the address that was seen on the card; `stale` where the meeting has another. */
    askMail: (staff: Person, id: string, seen: string, effect: Id): Promise<'asked' | 'stale'> =>
      db.transaction(async (tx) => {
        const row = await lock(tx, id);
        if (ENDED.includes(row.state))
          throw new CourtierError('refused', 'Cette rencontre est terminée : il n’y a plus à écrire.');
        if (row.details.contactEmail !== seen) return 'stale';
        const { tenantId, objectId, name } = staff;
        const [added] = await tx
          .insert(mailNotes)
          .values({
            ...{ id: effect, kickoffId: id, kind: 'sent', address: seen, state: 'pending' },
            ...{ on: brokerDate(now()).toString(), tenantId, objectId, name, at: now() },
          })
          .onConflictDoNothing()
          .returning(note);
        if (!added) return 'asked';
        await quotas.spend(tx, staff, 'kickoff.sendMail');
        await audit.record(tx, staff, 'kickoff.mail', id);
        await queue.enqueue(tx, 'kickoff.mail', { mail: effect });
        return 'asked';
      }),

    /**
     * An e-mail about to be sent, with its meeting: to be sent by whoever has it here, and by nobody else. Undefined
     * where it is not to be: one that somebody began to send before may have left.
     */
    claimMail: (mail: string): Promise<{ kickoff: Kickoff; mail: MailNote } | undefined> =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(mailNotes).where(eq(mailNotes.id, mail)).for('update');
        if (!row) return undefined;
        const kickoff = await find(tx, row.kickoffId);
        const settle = (state: MailState) =>
          tx.update(mailNotes).set({ state }).where(eq(mailNotes.id, mail));
        if (row.state === 'sending') await settle('unknown');
        if (row.state !== 'pending') return undefined;
        const stands = !ENDED.includes(kickoff.state) && kickoff.details.contactEmail === row.address;
        await settle(stands ? 'sending' : 'failed');
        return stands ? { kickoff, mail: row } : undefined;
      }),

    /** What became of an e-mail that was being sent. */
    async settleMail(mail: string, state: 'sent' | 'failed' | 'unknown'): Promise<void> {
      await db
        .update(mailNotes)
        .set({ state })
        .where(and(eq(mailNotes.id, mail), inArray(mailNotes.state, ['sending', 'unknown'])));
    },
  };
}
