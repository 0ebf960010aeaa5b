import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import {
  dayWords,
  nextOf,
  type Recall,
  type RecallRoute,
  stepOf,
  thingOf,
} from '../../../../core/recalls.ts';
import { ofName, shorten, uncapital } from '../../../../core/text/text.ts';
import { isBefore } from '../../../../core/time/days.ts';
import type { CatalogueView } from '../../../catalogue/index.ts';
import type { Awaited } from '../rules/recalling.ts';
import { type AwaitedOf, awaitedThing } from '../store/reminding.ts';
import { clarificationsCard, type SupportServices, trialsCard } from './actions.ts';

/** Characters of a question in a list of reminders. */
const QUESTION = 80;

/** What there is to do of it, how it stands, and what is new of it today. */
function wordsOf(awaited: Awaited, view: CatalogueView, today: Temporal.PlainDate) {
  const { on, what } = awaited;
  const since = uncapital(dayWords(on, today));
  if (what === 'answerLate') {
    const { supplier, question, askedOn } = awaited.item;
    return {
      what: `Relancer ${view.supplier(supplier)?.supplier.name ?? supplier}, ou noter sa réponse : « ${shorten(question, QUESTION)} »`,
      stands: `Question du ${frenchDay(askedOn)}, à prendre en charge au plus tard le ${frenchDate(on)}`,
      news: `Prise en charge attendue ${since}`,
    };
  }
  const { offer, start, end } = awaited.item;
  const name = view.offer(offer)?.offer.name ?? offer;
  if (what === 'trialAsked')
    return {
      what: `Demander des nouvelles du banc d’essai ${ofName(name)}`,
      stands: `Demande à prendre en charge au plus tard le ${frenchDate(on)} ; essai à partir du ${frenchDay(start)}`,
      news: `Prise en charge attendue ${since}`,
    };
  return {
    what: `Noter le résultat du banc d’essai ${ofName(name)}`,
    stands: `Du ${frenchDay(start)} au ${frenchDay(end)}`,
    news: `${isBefore(on, today) ? 'Terminé' : 'Se termine'} ${since}`,
  };
}

function recallOf({ file, awaited }: AwaitedOf, view: CatalogueView, today: Temporal.PlainDate): Recall {
  const { done, days, on } = awaited;
  return {
    thing: awaitedThing(file.id, awaited),
    of: `Dossier « ${file.name} »`,
    within: 'file',
    ...wordsOf(awaited, view, today),
    state: done ? 'done' : 'open',
    on,
    step: stepOf(days, today),
    next: done ? undefined : nextOf(days, today),
  };
}

const WORDS: Readonly<Record<Awaited['what'], string>> = {
  answerLate: 'Sans nouvelles, relancez le fournisseur ; s’il a répondu, notez sa réponse.',
  trialAsked: 'Sans nouvelles du fournisseur, relancez-le.',
  trialEnds: 'Notez le résultat de l’essai : il appuie votre choix.',
};

/** What people are reminded of in a file: questions to suppliers, and trials (guide 3.3.2). */
export const recalls: RecallRoute<SupportServices> = {
  due: ({ dossier }) => dossier.dueReminders(),

  async of(person, { dossier, catalogue }) {
    const awaited = await dossier.awaitedOf(person);
    if (awaited.length === 0) return [];
    const view = await catalogue.current();
    return awaited.map((each) => recallOf(each, view, dossier.today()));
  },

  async open(turn, id, services) {
    const found = (await services.dossier.awaitedOf(turn.person)).find(
      ({ file, awaited }) => awaitedThing(file.id, awaited) === thingOf('scenarios', id),
    );
    if (!found) throw notFound();
    const { what } = found.awaited;
    const card = what === 'answerLate' ? clarificationsCard : trialsCard;
    return card(turn, { file: found.file.id }, services, WORDS[what]);
  },
};
