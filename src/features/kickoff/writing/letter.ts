import type { Mail } from '../../../core/ports/mailbox.ts';
import type { Kickoff } from '../tables.ts';

/** The e-mail that carries the link of a supplier: what the page itself says, and neither the body nor its project. */
export function letterOf(
  { number, supplierName, details }: Pick<Kickoff, 'number' | 'supplierName' | 'details'>,
  url: string,
  until: string,
): Mail {
  const { contactName: name, contactEmail: email } = details;
  return {
    to: { name, email },
    subject: `Rencontre de démarrage nº ${number} : moments à choisir`,
    body: [
      name ? `Bonjour ${name},` : 'Bonjour,',
      `Un organisme public a choisi ${supplierName} au Catalogue d’offres infonuagiques et prépare un contrat avec vous. Une rencontre de démarrage, par conférence, réunit l’organisme, vous et le Courtier.`,
      `Choisissez les moments qui vous conviennent, et suivez les étapes jusqu’au contrat, à cette adresse, bonne jusqu’au ${until} :`,
      url,
      'Ne la transmettez à personne : qui la détient peut répondre en votre nom.',
      `Référence : rencontre nº ${number}. Gardez-la dans l’objet de votre réponse.`,
      'Le Courtier en infonuagique',
    ],
  };
}
