import { frenchDay } from '../../../../core/clock.ts';
import { documentSource, withFacts } from '../../../../core/guide/index.ts';
import type { Sheet, TextDocument } from '../../../../core/ports/documents.ts';
import { flatMapParts } from '../../../../core/process/parts.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { enough, type Result } from '../../results/store/result-scores.ts';
import { AGAIN_NAMES, type DraftAnswers, type DraftOverall, meanOf } from '../rules/answers.ts';
import { AGAIN, criteriaOf, type Forms, modelNotice, OVERALL } from '../rules/form.ts';
import type { FrozenGround } from '../rules/record.ts';
import type { Answered } from '../store/answered.ts';
import type { Signature } from '../store/official.ts';
import { memoryTitle } from './memory.ts';
import { scoreText } from './part.ts';

/** « 4,2 ». */
export const decimal = (value: number): string =>
  value.toLocaleString('fr-CA', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const dayOfInstant = (at: Date): string => brokerDate(at).toString();

/** When the head signed, and what was noted before it was corrected. */
export function signatureLines(signatures: readonly Signature[], signedOn: string | null): string[] {
  if (signedOn === null) return [];
  const trace = signatures.slice(0, -1).map((former, n) => {
    const next = signatures[n + 1];
    return next
      ? `Date corrigée le ${frenchDay(dayOfInstant(next.at))} par ${next.by} : ${frenchDay(former.signedOn)} était noté.`
      : '';
  });
  return [`Signée par le dirigeant le ${frenchDay(signedOn)}.`, ...trace];
}

/** What a document prints: an official record, or a draft in its place. */
interface Printed extends FrozenGround {
  readonly criteria: DraftAnswers;
  readonly overall: DraftOverall;
  /** Where it stands, in a sentence or more. */
  readonly standing: readonly string[];
  readonly draft: boolean;
}

function printedOf({ official, ground, reconciled, standing, signatures, signedOn }: Answered): Printed {
  if (!official) return { ...ground, ...reconciled, standing: [standing.sentence], draft: true };
  const { number, by, at, answers, ...frozen } = official;
  return {
    ...frozen,
    ...answers,
    standing: [
      `Soumise au Courtier le ${frenchDay(dayOfInstant(at))} par ${by}, version ${number}.`,
      ...signatureLines(signatures, signedOn),
    ],
    draft: false,
  };
}

const overallLines = ({ form, criteria, overall }: Printed): string[] => {
  const mean = meanOf(form, criteria);
  const lines = [
    ...(overall.overall === undefined ? [] : [`Dans l’ensemble : ${scoreText(form, overall.overall)}`]),
    ...(overall.again === undefined
      ? []
      : [`Choisir de nouveau ce fournisseur : ${AGAIN_NAMES[overall.again].toLowerCase()}`]),
    ...(mean === undefined ? [] : [`Moyenne des critères : ${decimal(mean)} sur 5`]),
    ...(overall.comment ? [overall.comment] : []),
  ];
  return lines.length > 0 ? lines : ['Sans réponse'];
};

function memoryLines({ memory: { from, to, events, changes }, form }: Printed): string[] {
  const titles = new Map(criteriaOf(form).map(({ id, title }) => [id, title]));
  const about = (criterion: string | null) => {
    const title = titles.get(criterion ?? '');
    return title ? ` (${title})` : '';
  };
  return [
    `Du ${frenchDay(from)} au ${frenchDay(to)}.`,
    ...events.map(
      ({ on, good, text, criterion }) =>
        `${frenchDay(on)}, ${good ? 'bon' : 'mauvais'}${about(criterion)} : ${text}`,
    ),
    ...changes,
    ...(events.length + changes.length === 0 ? ['Rien n’a été noté.'] : []),
  ];
}

const contractLines = ({ organization, contract, form, final, standing }: Printed): string[] => [
  `Organisation : ${organization === '' ? 'non confirmée' : organization}`,
  `Contrat nº ${contract.number} : ${contract.title}`,
  `Fournisseur : ${contract.supplierName}`,
  `Offres : ${contract.offers}`,
  `Montant : ${frenchMoney(contract.amountCents)}`,
  `Signé le ${frenchDay(contract.signedOn)}, en vigueur du ${frenchDay(contract.startsOn)} au ${frenchDay(contract.endsOn)}`,
  ...standing,
  `Grille : version ${form.id}.`,
  ...modelNotice(form),
  `Source : ${documentSource(final ? '4.10' : '4.9')}.`,
];

/** An evaluation as a grid to print, to sign at the end of a contract (guide 4.9, 4.10 and 4.12). */
export function evaluationDocument(answered: Answered): TextDocument {
  const printed = printedOf(answered);
  const { form, criteria, final, year, contract, draft } = printed;
  const title = final
    ? 'Évaluation du rendement du fournisseur à la fin du contrat'
    : `Évaluation du rendement du fournisseur, ${year}`;
  return {
    title: draft ? `Brouillon – ${title}` : title,
    subtitle: `${contract.supplierName} – ${contract.title}`,
    sections: [
      { heading: 'Le contrat', paragraphs: contractLines(printed) },
      ...form.groups.map((group) => ({
        heading: group.title,
        paragraphs: [],
        table: [
          ['Critère', 'Note', 'Commentaire'],
          ...group.criteria.map(({ id, title: name, help }) => [
            `${name} : ${help}`,
            scoreText(form, criteria[id]?.score),
            criteria[id]?.comment ?? '',
          ]),
        ],
      })),
      { heading: 'Avis d’ensemble', paragraphs: overallLines(printed) },
      { heading: memoryTitle(final), paragraphs: memoryLines(printed) },
      ...(final && !draft && answered.signedOn === null
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

/** Where a sheet has what was written, a paragraph a comment. */
export const COMMENTS_HEADING = 'Commentaires';

const SUMMARY_HEADING = 'Autres remarques, résumées par le Courtier';

/** What the broker's staff say in a sheet of what else was written; empty for nothing. */
export const summaryOf = ({ sections }: TextDocument): string =>
  sections.find(({ heading }) => heading === SUMMARY_HEADING)?.paragraphs[0] ?? '';

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
        ? [{ heading: COMMENTS_HEADING, paragraphs: comments.map(({ comment }) => `« ${comment} »`) }]
        : []),
      ...(summary === '' ? [] : [{ heading: SUMMARY_HEADING, paragraphs: [summary] }]),
    ],
  };
}

interface OfSupplier {
  readonly name: string;
  readonly results: readonly Result[];
}

/** What was thought of a supplier overall in a year. */
interface Opinion extends Result {
  readonly name: string;
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** What was thought of each supplier in the last year that has an opinion to show, the best first. */
function overallSheet(opinions: readonly Opinion[], heading: readonly string[]): Sheet {
  const last = Math.max(...opinions.map(({ year }) => year));
  const title = `Avis d’ensemble de ${last}, sur 5`;
  return {
    name: 'Avis d’ensemble',
    heading: [...heading, ...(opinions.length > 0 ? [`${title}.`] : [])],
    columns: [
      { title: 'Fournisseur', width: 34 },
      { title: 'Moyenne sur 5', width: 16 },
      { title: 'Réponses', width: 14 },
    ],
    rows: opinions
      .filter(({ year }) => year === last)
      .toSorted((a, b) => b.mean - a.mean)
      .map(({ name, mean, n }) => [name, hundredths(mean), n]),
    chart: { title, labels: 0, values: 1 },
  };
}

/**
 * The results of every supplier, criterion and year, for a spreadsheet: the overall opinions, and parts of the suppliers
 * with all of theirs. `entitled` sees those below three bodies.
 */
export function resultSheets(
  opinions: readonly Opinion[],
  suppliers: AsyncIterable<readonly OfSupplier[]>,
  { groups }: Forms,
  entitled: boolean,
  heading: readonly string[],
): Sheet[] {
  const titles = new Map(
    groups.flatMap(({ criteria }) => criteria.map(({ id, title }) => [id, title] as const)),
  );
  titles.set(OVERALL, 'Avis d’ensemble');
  const shown = (row: Result) => entitled || enough(row);
  return [
    overallSheet(opinions.filter(shown), heading),
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
      rows: flatMapParts(suppliers, ({ name, results }) =>
        results
          .filter(({ criterion }) => criterion !== AGAIN)
          .toSorted((a, b) => b.year - a.year || a.criterion.localeCompare(b.criterion))
          .map((row) => [
            name,
            row.year,
            titles.get(row.criterion) ?? row.criterion,
            ...(shown(row)
              ? [row.n, hundredths(row.mean), hundredths(row.spread)]
              : ['moins de 3 organismes', '', '']),
          ]),
      ),
    },
  ];
}
