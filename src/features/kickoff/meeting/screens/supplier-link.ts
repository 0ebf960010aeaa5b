import type { Card } from '../../../../core/card.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { action } from '../../../../core/routes/turns.ts';
import { mailLink } from '../../../../core/text/mail-link.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Kickoff } from '../../tables.ts';
import { letterOf } from '../../writing/letter.ts';
import * as schema from './schema.ts';
import type { KickoffServices } from './services.ts';

/** A link that is good until a day is good that day. */
const LAST_MINUTE = '23:59';

type SupplierLink = Awaited<ReturnType<KickoffServices['pageLinks']['issue']>>;

/** The link to a supplier's page: the one that holds, or a new one. */
export const linkOf = (
  { id, supplierId }: Pick<Kickoff, 'id' | 'supplierId'>,
  {
    kickoffs,
    pageLinks,
    settings,
    timeZone,
  }: Pick<KickoffServices, 'kickoffs' | 'pageLinks' | 'settings' | 'timeZone'>,
  by?: Person,
): Promise<SupplierLink> =>
  pageLinks.issue(
    'kickoff.supplier',
    { kickoff: id, supplier: supplierId },
    kickoffs
      .today()
      .add({ days: settings.linkDays })
      .toZonedDateTime({ timeZone, plainTime: LAST_MINUTE })
      .toInstant(),
    by,
  );

/** The link for the supplier, who has no account. */
function linkCard(kickoff: Kickoff, { number, url, until }: SupplierLink, sendable: boolean): Card {
  const last = frenchDate(brokerDate(until));
  const letter = letterOf(kickoff, url, last);
  return {
    template: 'kickoff/link',
    summary: `Le lien nº ${number}, pour le fournisseur.`,
    view: {
      kickoff: kickoff.id,
      supplier: escapeMarkdown(kickoff.supplierName),
      to: escapeMarkdown(kickoff.details.contactEmail),
      url,
      mail: mailLink(letter.to.email, { subject: letter.subject, body: letter.body.join('\n\n') }),
      sendable,
      address: kickoff.details.contactEmail,
      until: `Lien nº ${number}, bon jusqu’au ${last}. Transmettez-le par courriel à cette personne seulement : qui le détient peut répondre au nom du fournisseur.`,
    },
  };
}

export const supplierLink = action(
  'kickoff.supplierLink',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) => {
    const row = await services.kickoffs.findKickoff(kickoff);
    const link = await linkOf(row, services, turn.person);
    await turn.reply(linkCard(row, link, services.mailbox !== undefined));
    turn.notify('Le lien est ci-dessous.');
  },
  'staff',
);
