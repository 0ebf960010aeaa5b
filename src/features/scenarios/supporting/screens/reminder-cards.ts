import type { Card } from '../../../../core/card.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import type { AcquisitionFile } from '../../../acquisitions/index.ts';
import type { Clarification, Trial } from '../../rules/facts.ts';

/** A fiche changed what a file's scenario is worth. */
export const driftCard = (
  { id, name, number }: AcquisitionFile,
  sentence: string,
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
    supplier,
    version,
  },
});

const reminder = (
  { id, name }: AcquisitionFile,
  heading: string,
  text: string,
  what: 'clarifications' | 'trials',
): Card => ({
  template: 'scenarios/reminder',
  summary: `${heading} ${text}`,
  view: {
    file: id,
    name: escapeMarkdown(name),
    heading,
    text: escapeMarkdown(text),
    clarifications: what === 'clarifications',
    trials: what === 'trials',
  },
});

/** A supplier has not answered within three business days (guide 3.3.2). */
export const answerLateCard = (
  file: AcquisitionFile,
  { question, askedOn, dueOn }: Clarification,
  supplier: string,
): Card =>
  reminder(
    file,
    'La réponse d’un fournisseur tarde.',
    `${supplier} devait répondre au plus tard le ${frenchDay(dueOn)} à votre question du ${frenchDay(askedOn)} : « ${question} ». Relancez-le, ou notez sa réponse.`,
    'clarifications',
  );

/** A trial ends, or has ended without a result. */
export const trialEndsCard = (file: AcquisitionFile, { end }: Trial, offer: string, today: string): Card =>
  reminder(
    file,
    today > end ? 'Un banc d’essai est terminé.' : 'Un banc d’essai se termine bientôt.',
    `L’essai de ${offer} ${today > end ? 's’est terminé' : 'se termine'} le ${frenchDay(end)}. Notez-en le résultat : il appuie votre choix.`,
    'trials',
  );
