import type { BusinessDays } from '../../../../core/business-days.ts';
import type { Card } from '../../../../core/card.ts';
import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import type { AcquisitionFile } from '../../../acquisitions/index.ts';
import type { Drift } from '../../comparing/store/choice-ground.ts';
import type { Clarification, Trial } from '../../rules/facts.ts';
import type { Reminder } from '../rules/reminders.ts';
import { takenDue } from '../rules/taking-charge.ts';

/** A fiche changed what a file's scenario is worth. */
export const driftCard = (
  { id, name, number }: AcquisitionFile,
  { sentence, lines }: Drift,
  supplier: string,
  version: string,
): Card => ({
  template: 'scenarios/drift',
  summary: `Dossier « ${name} » : ${sentence}`,
  view: {
    file: id,
    name: escapeMarkdown(name),
    number,
    sentence: escapeMarkdown(sentence),
    lines: lines.map((line) => ({ text: escapeMarkdown(line) })),
    supplier,
    version,
  },
});

const reminder = (
  { id, name }: AcquisitionFile,
  heading: string,
  text: string,
  what: Reminder,
  item: string,
  until = '',
): Card => ({
  template: 'scenarios/reminder',
  summary: `${heading} ${text}`,
  view: {
    file: id,
    name: escapeMarkdown(name),
    heading,
    text: escapeMarkdown(text),
    what,
    item,
    clarifications: what === 'answerLate',
    asked: what === 'trialAsked',
    trials: what === 'trialEnds',
    until,
    putOff: until !== '',
    here: until === '',
  },
});

/** A supplier should have taken a question in charge; whether it did, only the client knows (guide 3.3.2). */
export const answerLateCard = (
  file: AcquisitionFile,
  { id, question, askedOn }: Clarification,
  supplier: string,
  days: BusinessDays,
): Card =>
  reminder(
    file,
    'Avez-vous des nouvelles du fournisseur ?',
    `${supplier} devait prendre en charge au plus tard le ${frenchDate(takenDue(askedOn, days).on)} votre question du ${frenchDay(askedOn)} : « ${question} ». Sans nouvelles, relancez-le ; s’il a répondu, notez sa réponse.`,
    'answerLate',
    id,
  );

/** The same for the request of a trial. */
export const trialAskedCard = (
  file: AcquisitionFile,
  { id, start }: Trial,
  askedOn: string,
  offer: string,
  days: BusinessDays,
): Card =>
  reminder(
    file,
    'Avez-vous des nouvelles du fournisseur ?',
    `Le fournisseur de ${offer} devait prendre en charge votre demande de banc d’essai au plus tard le ${frenchDate(takenDue(askedOn, days).on)}. L’essai est prévu à partir du ${frenchDay(start)} : sans nouvelles, relancez-le.`,
    'trialAsked',
    id,
  );

/** A trial ends, or has ended without a result. */
export const trialEndsCard = (
  file: AcquisitionFile,
  { id, end }: Trial,
  offer: string,
  today: string,
): Card =>
  reminder(
    file,
    today > end ? 'Un banc d’essai est terminé.' : 'Un banc d’essai se termine bientôt.',
    `L’essai de ${offer} ${today > end ? 's’est terminé' : 'se termine'} le ${frenchDay(end)}. Notez-en le résultat : il appuie votre choix.`,
    'trialEnds',
    id,
  );

/** A reminder that comes again later. */
export const laterCard = (
  file: AcquisitionFile,
  what: Reminder,
  item: string,
  on: Temporal.PlainDate,
): Card =>
  reminder(
    file,
    'Ce rappel est remis.',
    `Vous le recevrez de nouveau le ${frenchDate(on)}. « Annuler le report » le reprend.`,
    what,
    item,
    on.toString(),
  );

/** One that does not come again, or that came already. */
export const takenBackCard = (file: AcquisitionFile, what: Reminder, item: string, taken: boolean): Card =>
  reminder(
    file,
    taken ? 'Le report est annulé.' : 'Ce rappel n’est plus à venir.',
    taken ? 'Ce rappel ne reviendra pas : voici ce qu’il reste à faire.' : 'Voici ce qu’il reste à faire.',
    what,
    item,
  );
