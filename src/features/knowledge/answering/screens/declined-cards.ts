import type { Card } from '../../../../core/card.ts';
import type { GuideContact } from '../../../../core/guide/index.ts';
import { shorten } from '../../../../core/text/text.ts';
import type { Silence } from '../../content/silences.ts';
import type { KnowledgeBase } from '../rules.ts';
import type { AskedQuestion } from '../store/questions.ts';
import { understand } from '../understanding.ts';
import { askedIn, contactLine } from './cards.ts';

/** An honest refusal: what the guide leaves open, what is somebody else's business, or what is not sure. */
export function declinedCard(question: AskedQuestion, base: KnowledgeBase): Card {
  const found = understand(askedIn(question), undefined, base).result;
  const silence = base.silence(found.outcome === 'none' ? found.silence : undefined);
  if (silence) return silenceCard(question, silence, base);
  return found.elsewhere ? elsewhereCard(question) : unsureCard(question, base);
}

/** From this chance on, the nearest answer is near enough for its contact to be named. */
const NEAR = 0.2;

interface Refusal {
  readonly label: string;
  readonly title: string;
  readonly text: string;
  readonly near: readonly string[];
  readonly nearLabel: string;
  readonly contact?: GuideContact;
  readonly mine: boolean;
}

function refusalCard(question: AskedQuestion, base: KnowledgeBase | undefined, refusal: Refusal): Card {
  const { label, title, text, near, nearLabel, contact, mine } = refusal;
  const nearest = near.flatMap((id) => base?.entry(id) ?? []).slice(0, 3);
  return {
    template: 'knowledge/declined',
    summary: `${title} ${shorten(text, 400)}`,
    view: {
      question: question.id,
      label,
      title,
      text,
      hasNearest: nearest.length > 0,
      nearLabel,
      nearest: nearest.map((entry) => ({ entry: entry.id, title: shorten(entry.title, 100) })),
      hasContact: contact !== undefined,
      contact: contact ? contactLine(contact) : '',
      mine,
    },
  };
}

/** The guide leaves it open: that is said, with what it does say beside it and whom to ask. */
const silenceCard = (question: AskedQuestion, { title, says, see, contact }: Silence, base: KnowledgeBase) =>
  refusalCard(question, base, {
    label: 'Courtier · Le guide ne le dit pas',
    title,
    text: says,
    near: see,
    nearLabel: 'Ce que dit le guide',
    contact: base.contact(contact),
    mine: true,
  });

/** Somebody else's business: nothing is proposed to the broker's staff. */
const elsewhereCard = (question: AskedQuestion): Card =>
  refusalCard(question, undefined, {
    label: 'Courtier · Pas de mon ressort',
    title: 'Je ne peux pas vous aider là-dessus',
    text: "Je connais l'achat d'offres infonuagiques au Catalogue : l'admissibilité, les besoins, les offres, les prix, le contrat et l'évaluation. Si votre question porte là-dessus, dites-la autrement.",
    near: [],
    nearLabel: '',
    mine: false,
  });

/** Nothing is sure: the nearest entries, and a way to a person. Whom to write to is named only when the nearest is near. */
export function unsureCard(question: AskedQuestion, base: KnowledgeBase): Card {
  const [nearest] = question.nearest.flatMap((id) => base.entry(id) ?? []);
  return refusalCard(question, base, {
    label: 'Courtier · Sans réponse',
    title: "Je n'ai pas de réponse sûre",
    text: "Je préfère vous le dire plutôt que de vous répondre à côté. Une personne de l'équipe peut vous répondre.",
    near: question.nearest,
    nearLabel: "Ce qui s'en approche le plus",
    ...(nearest && question.score >= NEAR && { contact: base.contact(nearest.contact) }),
    mine: true,
  });
}
