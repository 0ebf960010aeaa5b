import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { wrongField } from '../../../../core/cards/refused.ts';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { ChosenThings } from '../../choosing/rules/chosen.ts';
import { type AudienceChoice, isNobody, NOBODY } from '../../rules/audience.ts';
import type { Draft } from '../../screens/schema.ts';
import type { Dispatch } from '../../sending/store/dispatch.ts';
import { type Broadcast, type BroadcastOutcome, broadcastKeyOf, type Records } from '../../store/records.ts';
import { broadcasts, templates } from '../../tables.ts';
import { allowedLink, pictureAddress } from '../rules/content.ts';

/** The picture of a form, with what it shows for whoever does not see it. */
function pictureOf({ image, imageAlt }: Pick<Draft, 'image' | 'imageAlt'>, hosts: readonly string[]) {
  if (image === '') return { image: '', imageAlt: '' };
  const picture = pictureAddress(image, hosts);
  if ('wrong' in picture) throw wrongField('image', picture.wrong);
  if (imageAlt === '')
    throw wrongField(
      'imageAlt',
      'Décrivez l’image en quelques mots, pour les personnes qui ne la voient pas.',
    );
  return { image: picture.address, imageAlt };
}

/** The words of a form, checked: its link leads to one of these hosts. */
export function contentOf(
  { title, text, link, linkTitle, image, imageAlt, importance, acknowledge, categories, suppliers }: Draft,
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
    ...pictureOf({ image, imageAlt }, linkHosts),
    urgent: importance === 'urgent',
    acknowledge,
    categories,
    ...(suppliers && { suppliers }),
  };
}

/** A broadcast before it leaves: its words, its recipients, its hour. */
export function buildDrafting(records: Records, { address }: Dispatch, linkHosts: readonly string[]) {
  const { db, clock, audit, deliveries, quotas, now, find, change } = records;

  /** A new draft under its id; the one that is written already when its form was sent before. */
  function create(
    staff: Person,
    content: ReturnType<typeof contentOf>,
    id: Id,
    /** Whom it is for and what it is about, until that is chosen. */
    first: (tx: Tx) => Promise<ChosenThings>,
  ): Promise<Broadcast> {
    return db.transaction(async (tx) => {
      const { tenantId: authorTenant, objectId: authorId, name: authorName } = staff;
      const { audience, suppliers } = await first(tx);
      const [broadcast] = await tx
        .insert(broadcasts)
        .values({
          id,
          suppliers,
          ...content,
          audience,
          authorTenant,
          authorId,
          authorName,
          createdAt: now(),
          updatedAt: now(),
        })
        .onConflictDoNothing()
        .returning();
      if (!broadcast) return find(tx, id);
      await quotas.spend(tx, staff, 'broadcasts.save');
      await audit.record(tx, staff, 'broadcast.create', id);
      return broadcast;
    });
  }

  /** A copy is for the same people, a notice of a list for that list; all others for the subscribers until it is chosen. */
  async function firstChosen(tx: Tx, { from, template, list }: Draft): Promise<ChosenThings> {
    if (from) return find(tx, from);
    if (list) return { audience: { ...NOBODY, lists: [list] }, suppliers: [] };
    const [kept] = template
      ? await tx.select({ content: templates.content }).from(templates).where(eq(templates.id, template))
      : [];
    const { audience, suppliers = [] } = kept?.content ?? {};
    return {
      audience: audience && !isNobody(audience) ? audience : { ...NOBODY, subscribers: true },
      suppliers,
    };
  }

  return {
    /** Keeps what a form of the audience says, while something else is looked for: nobody at all is kept as it was. */
    keepChoice: (
      staff: Person,
      id: string,
      revision: number,
      audience: AudienceChoice,
    ): Promise<BroadcastOutcome> =>
      change(staff, id, revision, 'edit', (row) =>
        isNobody(audience) || isDeepStrictEqual(audience, row.audience) ? undefined : { audience },
      ),

    /** Keeps a draft: a new one under its id, or one that is edited. `stale` when somebody changed that meanwhile. */
    async save(staff: Person, draft: Draft, id: Id): Promise<BroadcastOutcome> {
      const content = contentOf(draft, linkHosts);
      if (draft.broadcast && draft.revision)
        return change(staff, draft.broadcast, draft.revision, 'edit', (row) =>
          isDeepStrictEqual({ ...row, ...content }, row) ? undefined : content,
        );
      return { kind: 'done', broadcast: await create(staff, content, id, (tx) => firstChosen(tx, draft)) };
    },

    /** Chooses for whom, and draws up the list: who it is can be seen before anything is sent. */
    async aim(
      staff: Person,
      id: string,
      revision: number,
      audience: AudienceChoice,
    ): Promise<BroadcastOutcome> {
      return change(staff, id, revision, 'edit', async (row, tx) => {
        await deliveries.unhold(tx, broadcastKeyOf(row));
        await address(tx, { ...row, audience }, clock.now(), 'held');
        return isDeepStrictEqual(audience, row.audience) ? undefined : { audience };
      });
    },

    /** Chooses the hour, « at once » for undefined, and draws up the list anew: how many it is can be seen. */
    async schedule(
      staff: Person,
      id: string,
      revision: number,
      at: Temporal.Instant | undefined,
    ): Promise<BroadcastOutcome> {
      const scheduledAt = at ? asDate(at) : null;
      return change(staff, id, revision, 'edit', async (row, tx) => {
        await deliveries.unhold(tx, broadcastKeyOf(row));
        await address(tx, row, clock.now(), 'held');
        return row.scheduledAt?.getTime() === scheduledAt?.getTime() ? undefined : { scheduledAt };
      });
    },
  };
}
