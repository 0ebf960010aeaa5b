import { asDate } from '../../core/clock.ts';
import { CourtierError } from '../../core/errors.ts';
import { newId } from '../../core/id.ts';
import type { Person } from '../../core/turn.ts';
import { type AudienceChoice, isNobody, NOBODY } from './audience.ts';
import { allowedLink } from './content.ts';
import type { Dispatch } from './dispatch.ts';
import { keyOf, type Outcome, type Records } from './records.ts';
import type { Draft } from './schema.ts';
import { broadcasts } from './tables.ts';

/** The words of a form, checked: its link leads to one of these hosts. */
export function contentOf(
  { title, text, link, linkTitle, importance, acknowledge, categories, suppliers }: Draft,
  linkHosts: readonly string[],
) {
  const address = link === '' ? '' : allowedLink(link, linkHosts);
  if (address === undefined)
    throw new CourtierError(
      'invalid',
      `Le lien doit être une adresse https d’un site permis : ${linkHosts.join(', ')}.`,
    );
  return {
    title,
    text,
    link: address,
    linkTitle: linkTitle || 'En savoir plus',
    urgent: importance === 'urgent',
    acknowledge,
    categories,
    suppliers,
  };
}

/** A broadcast before it leaves: its words, its recipients, its hour. */
export function buildDrafting(records: Records, { address }: Dispatch, linkHosts: readonly string[]) {
  const { db, clock, audit, deliveries, now, find, change } = records;

  return {
    /** Keeps a draft, new or edited. `stale` when somebody changed it meanwhile. */
    async save(staff: Person, draft: Draft): Promise<Outcome> {
      const content = contentOf(draft, linkHosts);
      if (draft.broadcast && draft.revision) {
        const row = await find(db, draft.broadcast);
        if (row.state !== 'draft') return { kind: 'stale', broadcast: row };
        return change(staff, draft.broadcast, draft.revision, 'edit', () => content);
      }
      return db.transaction(async (tx) => {
        const id = newId();
        const { tenantId: authorTenant, objectId: authorId, name: authorName } = staff;
        const [broadcast] = await tx
          .insert(broadcasts)
          .values({
            id,
            ...content,
            audience: { ...NOBODY, subscribers: true },
            authorTenant,
            authorId,
            authorName,
            createdAt: now(),
            updatedAt: now(),
          })
          .returning();
        if (!broadcast) throw new Error('broadcast not written');
        await audit.record(tx, staff, 'broadcast.create', id);
        return { kind: 'done', broadcast };
      });
    },

    /** Chooses for whom, and draws up the list: who it is can be seen before anything is sent. */
    async aim(staff: Person, id: string, revision: number, audience: AudienceChoice): Promise<Outcome> {
      if (isNobody(audience))
        throw new CourtierError('invalid', 'Choisissez au moins un groupe de destinataires.');
      const row = await find(db, id);
      if (row.state !== 'draft') return { kind: 'stale', broadcast: row };
      return change(
        staff,
        id,
        revision,
        'edit',
        () => ({ audience }),
        async (tx, changed) => {
          await deliveries.unhold(tx, keyOf(changed));
          await address(tx, changed, clock.now(), 'held');
        },
      );
    },

    /** Chooses the hour: « at once » for undefined. An hour that has passed is refused. */
    async schedule(
      staff: Person,
      id: string,
      revision: number,
      at: Temporal.Instant | undefined,
    ): Promise<Outcome> {
      if (at && at.epochMilliseconds <= clock.now().epochMilliseconds)
        throw new CourtierError('invalid', 'Cette heure est déjà passée. Choisissez-en une à venir.');
      const row = await find(db, id);
      if (row.state !== 'draft') return { kind: 'stale', broadcast: row };
      return change(staff, id, revision, 'edit', () => ({ scheduledAt: at ? asDate(at) : null }));
    },
  };
}
