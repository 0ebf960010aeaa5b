import { brokerDate } from '../../../../core/business-days.ts';
import type { Card } from '../../../../core/card.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { action } from '../../../../core/feature.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import type { Kickoff } from '../../tables.ts';
import * as schema from './schema.ts';
import type { KickoffServices } from './services.ts';

/** A link that is good until a day is good that day. */
const LAST_MINUTE = '23:59';

type SupplierLink = Awaited<ReturnType<KickoffServices['pageLinks']['issue']>>;

/** The link for the supplier, who has no account. */
const linkCard = (kickoff: Kickoff, { number, url, until }: SupplierLink): Card => ({
  template: 'kickoff/link',
  summary: `Le lien nº ${number}, pour le fournisseur.`,
  view: {
    supplier: escapeMarkdown(kickoff.supplierName),
    to: escapeMarkdown(kickoff.details.contactEmail),
    url,
    until: `Lien nº ${number}, bon jusqu’au ${frenchDate(brokerDate(Temporal.Instant.fromEpochMilliseconds(until.getTime())))}. Transmettez-le par courriel à cette personne seulement : qui le détient peut répondre au nom du fournisseur.`,
  },
});

export const supplierLink = action(
  'kickoff.supplierLink',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) => {
    const row = await services.kickoffs.findKickoff(kickoff);
    const until = services.kickoffs.today().add({ days: services.settings.linkDays });
    const link = await services.pageLinks.issue(
      'kickoff.supplier',
      { kickoff, supplier: row.supplierId },
      until.toZonedDateTime({ timeZone: services.timeZone, plainTime: LAST_MINUTE }).toInstant(),
      turn.person,
    );
    await turn.reply(linkCard(row, link));
    turn.notify('Le lien est ci-dessous.');
  },
  'staff',
);
