import { notFound } from '../../../../core/errors.ts';
import type { Conversations } from '../../../../core/ports/conversations.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { notice } from '../../../../core/routes/notices.ts';
import { action } from '../../../../core/routes/turns.ts';
import { sendInPrivate } from '../../../../core/routing/in-private.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { differenceCard } from '../../browsing/screens/change-cards.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import * as schema from '../../screens/schema.ts';

type LookServices = Pick<CatalogueServices, 'catalogue' | 'clock'> & {
  readonly db: Db;
  readonly deliveries: Deliveries;
  readonly conversations: Conversations;
};

/** What a version in force changed. */
async function changedBy(
  { supplier, version, edition = 0 }: schema.Looked,
  { catalogue, clock }: Pick<LookServices, 'catalogue' | 'clock'>,
) {
  const found =
    version > brokerDate(clock.now()).toString()
      ? undefined
      : edition > 0
        ? await catalogue.corrected(supplier, version, edition)
        : await catalogue.difference(supplier, version);
  return found && differenceCard((await catalogue.current()).samples, found.fiche, found.difference, 1);
}

/**
 * The detail that a notice leads to. The notice stays: the detail comes below it or, where many read it, in the
 * personal chat of whoever pressed.
 */
export const look = action('catalogue.look', schema.Looked, async (turn, input, services: LookServices) => {
  const card = await changedBy(input, services);
  if (!card) throw notFound();
  if (turn.conversation.kind === 'personal') {
    await turn.reply(card);
    return turn.notify('Le détail est ci-dessous.');
  }
  const edition = input.edition ? `:${input.edition}` : '';
  const about = `fiche:${input.supplier}:${input.version}${edition}:looked`;
  await sendInPrivate(
    turn,
    { kind: 'catalogue.looked', about, subject: input },
    services,
    'le détail viendra',
  );
  turn.notify('Le détail vient dans votre conversation personnelle avec Courtier.');
});

/** The detail, for whoever pressed a notice that many read. */
export const looked = notice(
  { kind: 'catalogue.looked', policy: 'once', hours: 'any', pausable: false, priority: 0 },
  schema.LookedAt,
  (input, _recipient, services: Pick<LookServices, 'catalogue' | 'clock'>) => changedBy(input, services),
);
