import type { Card } from '../../../../core/card.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { action } from '../../../../core/feature.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import type { Kickoff } from '../../tables.ts';
import * as schema from './schema.ts';
import type { KickoffServices } from './services.ts';

/** How long the supplier's link is good. */
const LINK_DAYS = 60;

/** The link for the supplier, who has no account. */
const linkCard = (kickoff: Kickoff, url: string, until: Temporal.PlainDate): Card => ({
  template: 'kickoff/link',
  summary: 'Le lien du fournisseur.',
  view: {
    supplier: escapeMarkdown(kickoff.supplierName),
    to: escapeMarkdown(kickoff.details.contactEmail),
    url,
    until: `Valable jusqu’au ${frenchDate(until)}. Transmettez-le par courriel à cette personne seulement : qui le détient peut répondre au nom du fournisseur.`,
  },
});

export const supplierLink = action(
  'kickoff.supplierLink',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) => {
    const row = await services.kickoffs.findKickoff(kickoff);
    const until = services.kickoffs.today().add({ days: LINK_DAYS });
    const url = await services.signatures.issue(
      'kickoff.supplier',
      { kickoff, supplier: row.supplierId },
      until.toZonedDateTime(services.timeZone).toInstant(),
    );
    await turn.reply(linkCard(row, url, until));
    turn.notify('Le lien est ci-dessous.');
  },
  'staff',
);
