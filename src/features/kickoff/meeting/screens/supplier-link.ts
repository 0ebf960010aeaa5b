import { brokerDate } from '../../../../core/business-days.ts';
import type { Card } from '../../../../core/card.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { action } from '../../../../core/feature.ts';
import { mailLink } from '../../../../core/mail-link.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import type { Kickoff } from '../../tables.ts';
import * as schema from './schema.ts';
import type { KickoffServices } from './services.ts';

/** A link that is good until a day is good that day. */
const LAST_MINUTE = '23:59';

type SupplierLink = Awaited<ReturnType<KickoffServices['pageLinks']['issue']>>;

/** The e-mail that carries the link, ready to be sent: what the page itself says, and neither the body nor its project. */
function mailOf({ number: meeting, supplierName, details }: Kickoff, url: string, until: string): string {
  const hello = details.contactName ? `Bonjour ${details.contactName},` : 'Bonjour,';
  const paragraphs = [
    hello,
    `Un organisme public a choisi ${supplierName} au Catalogue d’offres infonuagiques et prépare un contrat avec vous. Une rencontre de démarrage, par conférence, réunit l’organisme, vous et le Courtier.`,
    `Choisissez les moments qui vous conviennent, et suivez les étapes jusqu’au contrat, à cette adresse, bonne jusqu’au ${until} :`,
    url,
    'Ne la transmettez à personne : qui la détient peut répondre en votre nom.',
    `Référence : rencontre nº ${meeting}. Gardez-la dans l’objet de votre réponse.`,
    'Le Courtier en infonuagique',
  ];
  const subject = `Rencontre de démarrage nº ${meeting} : moments à choisir`;
  return mailLink(details.contactEmail, { subject, body: paragraphs.join('\n\n') });
}

/** The link for the supplier, who has no account. */
function linkCard(kickoff: Kickoff, { number, url, until }: SupplierLink): Card {
  const last = frenchDate(brokerDate(until));
  return {
    template: 'kickoff/link',
    summary: `Le lien nº ${number}, pour le fournisseur.`,
    view: {
      kickoff: kickoff.id,
      supplier: escapeMarkdown(kickoff.supplierName),
      to: escapeMarkdown(kickoff.details.contactEmail),
      url,
      mail: mailOf(kickoff, url, last),
      until: `Lien nº ${number}, bon jusqu’au ${last}. Transmettez-le par courriel à cette personne seulement : qui le détient peut répondre au nom du fournisseur.`,
    },
  };
}

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
