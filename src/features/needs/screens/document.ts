import { frenchDate } from '../../../core/clock.ts';
import { documentSource } from '../../../core/guide/index.ts';
import type { TextDocument } from '../../../core/ports/documents.ts';
import { boundOf, boundText, exclusionOf, KINDS_OF_BODY } from '../../acquisitions/index.ts';
import { answerLines } from '../rules/answers.ts';
import { considerationsOf } from '../rules/considerations.ts';
import { QUESTIONS } from '../rules/questions.ts';
import type { FileNeeds } from '../store/file-needs.ts';

/** « Définition des besoins », for the file's record (guide 3.1 and 4.12). */
export function needsDocument(
  { file, needs, eligibility }: FileNeeds,
  organization: string | undefined,
  today: Temporal.PlainDate,
): TextDocument {
  return {
    title: 'Définition des besoins',
    organization,
    subtitle: `Dossier nº ${file.number} : ${file.name} – ${frenchDate(today)}`,
    sections: [
      {
        heading: 'Admissibilité',
        paragraphs: eligibility
          ? [
              `${KINDS_OF_BODY[eligibility.kind].title}. ${KINDS_OF_BODY[eligibility.kind].condition}`,
              `${boundText(boundOf(eligibility))}.`,
              ...[exclusionOf(eligibility) ?? []].flat(),
              'L’organisation s’assure elle-même qu’elle peut légalement conclure ce contrat de gré à gré (guide, section 2.4).',
            ]
          : ['Le genre d’organisation reste à dire.'],
      },
      ...QUESTIONS.map((question, at) => {
        const lines = answerLines(question, needs.answers);
        const review = needs.review.includes(question.id)
          ? ['À revoir : une réponse dont elle dépend a changé.']
          : [];
        return {
          heading: `${at + 1}. ${question.title}`,
          paragraphs: lines.length > 0 ? [...lines, ...review] : ['Sans réponse.'],
        };
      }),
      {
        heading: 'À ne pas oublier',
        paragraphs: [
          'Une analyse de risques devrait être faite avant de décider de recourir à l’infonuagique.',
          ...considerationsOf(needs, eligibility),
          'Les initiatives en infonuagique sont à communiquer au Pôle d’expertise en infonuagique.',
          `Source : ${documentSource('3.1')}.`,
        ],
      },
    ],
  };
}
