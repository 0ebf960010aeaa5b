import { frenchDay } from '../../../../core/clock.ts';
import { documentSource, withFacts } from '../../../../core/guide/index.ts';
import type { Sheet, TextDocument } from '../../../../core/ports.ts';
import { enough, type Result } from '../../results/store/result-scores.ts';
import { AGAIN_NAMES, meanOf, type Overall, type SectionAnswers } from '../rules/answers.ts';
import { AGAIN, type Form, type Forms, modelNotice, OVERALL } from '../rules/form.ts';
import type { Answered } from '../store/answered.ts';

/** « 4,2 ». */
export const decimal = (value: number): string =>
  value.toLocaleString('fr-CA', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const scoreText = (form: Form, score: SectionAnswers[string]['score'] | undefined): string =>
  score === undefined ? 'Sans réponse' : score === 'na' ? 'Sans objet' : `${score} · ${form.scale[score]}`;

/** An evaluation as a grid to print, to sign at the end of a contract (guide 4.9, 4.10 and 4.12). */
export function evaluationDocument({
  evaluation,
  contract,
  form,
  sections,
  events,
  changes,
}: Answered): TextDocument {
  const criteria = Object.assign(
    {},
    ...form.groups.map(({ id }) => sections.get(id)?.answers),
  ) as SectionAnswers;
  const overall = sections.get(OVERALL)?.answers as Overall | undefined;
  const mean = meanOf(form, criteria);
  return {
    title: evaluation.final
      ? 'Évaluation du rendement du fournisseur à la fin du contrat'
      : `Évaluation du rendement du fournisseur, ${evaluation.year}`,
    subtitle: `${contract.supplierName} – ${contract.title}`,
    sections: [
      {
        heading: 'Le contrat',
        paragraphs: [
          `Offres : ${contract.offers}`,
          `Signé le ${frenchDay(contract.signedOn)}, en vigueur du ${frenchDay(contract.startsOn)} au ${frenchDay(contract.endsOn)}`,
          evaluation.submittedAt ? 'Évaluation soumise au Courtier.' : 'Évaluation en préparation.',
          ...modelNotice(form),
          `Source : ${documentSource(evaluation.final ? '4.10' : '4.9')}.`,
        ],
      },
      ...form.groups.map((group) => ({
        heading: group.title,
        paragraphs: [],
        table: [
          ['Critère', 'Note', 'Commentaire'],
          ...group.criteria.map(({ id, title, help }) => [
            `${title} : ${help}`,
            scoreText(form, criteria[id]?.score),
            criteria[id]?.comment ?? '',
          ]),
        ],
      })),
      {
        heading: 'Avis d’ensemble',
        paragraphs: overall
          ? [
              `Dans l’ensemble : ${scoreText(form, overall.overall)}`,
              `Choisir de nouveau ce fournisseur : ${AGAIN_NAMES[overall.again].toLowerCase()}`,
              ...(mean === undefined ? [] : [`Moyenne des critères : ${decimal(mean)} sur 5`]),
              ...(overall.comment === '' ? [] : [overall.comment]),
            ]
          : ['Sans réponse'],
      },
      ...(events.length + changes.length > 0
        ? [
            {
              heading: 'Durant l’année',
              paragraphs: [
                ...events.map(
                  ({ on, good, text }) => `${frenchDay(on)}, ${good ? 'bon' : 'mauvais'} : ${text}`,
                ),
                ...changes,
              ],
            },
          ]
        : []),
      ...(evaluation.final
        ? [
            {
              heading: 'Signature du dirigeant de l’organisme',
              paragraphs: [
                'Nom : ______________________________',
                'Signature : ______________________________',
                'Date : ______________________________',
                `Une copie est transmise au Courtier dans les ${withFacts('{{copyDays}}')} suivant cette signature (${documentSource('4.12')}).`,
              ],
            },
          ]
        : []),
    ],
  };
}

/** A supplier's results of a year: what it may read of them. Nothing below three bodies. */
export function resultDocument(
  name: string,
  year: number,
  all: readonly Result[],
  again: { readonly n: number; readonly bodies: number; readonly yes: number },
  comments: readonly { readonly criterion: string; readonly comment: string }[],
  /** What the broker's staff say, in their words, of what else was written. */
  summary: string,
  { groups, latest }: Forms,
): TextDocument {
  const results = new Map(
    all.filter((row) => row.year === year && enough(row)).map((row) => [row.criterion, row]),
  );
  const overall = results.get(OVERALL);
  const line = (title: string, result: Result | undefined): string[] =>
    result
      ? [title, `${decimal(result.mean)} sur 5`, decimal(result.spread), String(result.n)]
      : [title, 'Moins de trois organismes', '', ''];
  return {
    title: `Résultats des évaluations, ${year}`,
    subtitle: name,
    sections: [
      {
        heading: 'L’essentiel',
        paragraphs: overall
          ? [
              `${overall.n} évaluations reçues ; avis d’ensemble : ${decimal(overall.mean)} sur 5.`,
              ...(enough(again)
                ? [`${Math.round((again.yes / again.n) * 100)} % vous choisiraient de nouveau sans hésiter.`]
                : []),
              `L’échelle va de 1 (${latest.scale[1].toLowerCase()}) à 5 (${latest.scale[5].toLowerCase()}). Ce que moins de trois organismes ont dit n’est pas montré.`,
              `Source : ${documentSource('4.9')}.`,
            ]
          : ['Moins de trois organismes ont répondu.'],
      },
      ...groups.map((group) => ({
        heading: group.title,
        paragraphs: [],
        table: [
          ['Critère', 'Moyenne', 'Écart type', 'Réponses'],
          ...group.criteria.map(({ id, title }) => line(title, results.get(id))),
        ],
      })),
      ...(comments.length > 0
        ? [{ heading: 'Commentaires', paragraphs: comments.map(({ comment }) => `« ${comment} »`) }]
        : []),
      ...(summary === ''
        ? []
        : [{ heading: 'Autres remarques, résumées par le Courtier', paragraphs: [summary] }]),
    ],
  };
}

/** The results of every supplier, criterion and year, for a spreadsheet. `entitled` sees those below three bodies. */
export function resultSheets(
  suppliers: readonly { readonly name: string; readonly results: readonly Result[] }[],
  { groups }: Forms,
  entitled: boolean,
  heading: readonly string[],
): Sheet[] {
  const titles = new Map(
    groups.flatMap(({ criteria }) => criteria.map(({ id, title }) => [id, title] as const)),
  );
  titles.set(OVERALL, 'Avis d’ensemble');
  return [
    {
      name: 'Résultats',
      heading,
      columns: [
        { title: 'Fournisseur', width: 30 },
        { title: 'Année', width: 8 },
        { title: 'Critère', width: 32 },
        { title: 'Réponses', width: 10 },
        { title: 'Moyenne sur 5', width: 14 },
        { title: 'Écart type', width: 12 },
      ],
      rows: suppliers.flatMap(({ name, results }) =>
        results
          .filter(({ criterion }) => criterion !== AGAIN)
          .toSorted((a, b) => b.year - a.year || a.criterion.localeCompare(b.criterion))
          .map((row) => [
            name,
            row.year,
            titles.get(row.criterion) ?? row.criterion,
            ...(entitled || enough(row)
              ? [row.n, Math.round(row.mean * 100) / 100, Math.round(row.spread * 100) / 100]
              : ['moins de 3 organismes', '', '']),
          ]),
      ),
    },
  ];
}
