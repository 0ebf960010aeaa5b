import type { Card } from '../../../../core/card.ts';
import type { GuideContact } from '../../../../core/guide/index.ts';
import { escapeMarkdown, shorten } from '../../../../core/text/text.ts';
import { usualDelay } from '../../../../core/time/usual-delay.ts';
import type { Turn } from '../../../../core/turn.ts';
import { contactLine } from '../../answering/screens/cards.ts';
import type { AskedQuestion } from '../../answering/store/questions.ts';
import type { Knowledge } from '../../build.ts';
import { askedOf, type RequestForm } from '../store/request-form.ts';

/** As long as the field takes. */
const LONGEST = 2_000;

/** The form to a person, about a question that was asked, or about nothing yet. */
export async function askPersonForm(
  turn: Turn,
  question: AskedQuestion | undefined,
  message: string,
  { base, form }: Knowledge,
): Promise<Card> {
  const filled = await form.fill(turn, {
    about: question && { question: question.id },
    message,
    asked: question && askedOf(question),
  });
  const entry = base.entry(question?.entryId ?? '');
  return askPersonCard(
    filled,
    base.contact(entry?.contact ?? 'courtier'),
    turn.conversation.kind === 'personal',
  );
}

/** The form that hands a question to the broker's staff, and says what goes along with it. */
export function askPersonCard(form: RequestForm, contact: GuideContact, personal: boolean): Card {
  const { about, message, underWay } = form;
  return {
    template: 'knowledge/ask-person',
    summary: `Écrivez votre question : une personne du Courtier vous répondra ici. ${usualDelay(form.usualDelay)}`,
    view: {
      question: about && 'question' in about ? about.question : '',
      again: about && 'again' in about ? about.again : '',
      canGoBack: about !== undefined && 'question' in about,
      isAgain: about !== undefined && 'again' in about,
      message: shorten(message, LONGEST),
      joined: `Seront joints : ${joined(form, personal).join(', ')}.`,
      hasFile: underWay !== undefined,
      file: underWay?.id ?? '',
      fileTitle: underWay
        ? `Joindre aussi mon dossier « ${shorten(underWay.title, 100)} » (étape : ${underWay.step})`
        : '',
      delay: usualDelay(form.usualDelay),
      contact: contactLine(contact),
    },
  };
}

/** What goes along; where others read too, without the name of a body. */
function joined({ asked, body }: RequestForm, personal: boolean): string[] {
  return [
    'votre nom',
    ...(body
      ? [personal ? `celui de votre organisme (${escapeMarkdown(body)})` : 'celui de votre organisme']
      : []),
    ...(asked?.outcome ? ["votre question d'origine", "ce que j'y ai répondu"] : []),
    ...(asked?.follows
      ? [`votre question d'avant (« ${escapeMarkdown(shorten(asked.follows, 100))} »)`]
      : []),
  ];
}
