import type { SmallTalk } from './search/index.ts';

/** Short human answers: what is not a question is not searched. */
export const smallTalkReplies: Record<SmallTalk, string> = {
  greeting:
    "Bonjour ! Posez-moi une question sur le Catalogue d'offres infonuagiques, ou écrivez « aide » pour voir ce que je sais faire.",
  thanks: 'Avec plaisir ! Je reste ici si une autre question vous vient.',
  goodbye: 'Au revoir, et bonne continuation !',
  identity:
    "Je suis Courtier, l'assistant du Courtier en infonuagique. Je réponds d'après le guide de l'utilisateur, et je transmets à l'équipe ce que je ne sais pas.",
  wellbeing: 'Tout va bien, merci ! Que puis-je faire pour vous ?',
  acknowledgement: 'Parfait. Écrivez-moi dès que vous avez une autre question.',
  insult:
    "Je suis désolé de ne pas vous avoir aidé. Reformulez votre question, ou écrivez-la en détail : je pourrai la transmettre à une personne de l'équipe.",
  complaint:
    'Je suis désolé : ma réponse ne vous a pas aidé. Reformulez votre question, ou choisissez « Parler au Courtier » sous la réponse : une personne la lira.',
  noise:
    "Je n'ai pas compris. Écrivez votre question en quelques mots, par exemple « durée maximale d'un contrat ».",
};

export const emptyHere =
  "Écrivez votre question, par exemple « quelle est la durée maximale d'un contrat ? ».";
export const empty =
  "Écrivez votre question après m'avoir mentionné, par exemple « @Courtier quelle est la durée maximale d'un contrat ? ».";
export const tooLong =
  'Votre message est long. Je réponds mieux à une seule question, en une ou deux phrases.';
export const alreadyOpen = (number: number): string =>
  `La même question est déjà ouverte : la question nº ${number}. Répondez plutôt à celle-là.`;

export const tooLateToCancel =
  "L'équipe venait de terminer : la demande ne peut plus être annulée. Voici où elle en est.";
export const tooLateToAdd = (text: string): string =>
  `Cette demande n'est plus en attente : votre précision n'est pas ajoutée. La voici, pour ne pas la perdre : « ${text} »`;
export const added = "Votre précision est ajoutée : l'équipe la voit avec votre question.";
export const closed = 'L’équipe a fermé votre question sans y répondre. Vous pouvez la demander de nouveau.';
export const reopened = "Votre question est rouverte : l'équipe la reprend.";
export const withdrawn =
  "L'équipe du Courtier a retiré cette réponse. Écrivez votre question de nouveau : je chercherai ce qui est en vigueur.";
