import type { Card } from '../../../../core/card.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { changesText } from '../../browsing/screens/change-cards.ts';
import { differenceOf } from '../../fiche/rules/difference.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import { changeLines } from '../../following/screens/digest-card.ts';
import type { Correction } from '../store/records.ts';

/** Read at once; a fiche with more errors than that is another fiche. */
const MOST_LINES = 20;

const WHOM =
  'Avisés : les abonnés que ces offres concernent, les membres des dossiers ouverts et les personnes qui suivent un contrat en cours, quand ils s’appuient sur cette fiche.';

/** What is wrong and what is right, in lines: « prix : 5,00 $ → 4,00 $ ». */
export function linesOf({ content }: Pick<Correction, 'content'>, wrong: Fiche) {
  const difference = differenceOf(wrong, content);
  const lines = changeLines({ fiche: content, difference });
  const rest = lines.length - MOST_LINES;
  return {
    changes: changesText(difference),
    lines: [
      ...lines.slice(0, MOST_LINES),
      ...(rest > 0 ? [`Et ${count(rest, 'autre ligne', 'autres lignes')}.`] : []),
    ].map((line) => ({ text: `• ${escapeMarkdown(line)}` })),
  };
}

const saidBy = ({ reviewerName, comment }: Correction): string => {
  if (comment === '') return reviewerName === '' ? '' : `${reviewerName} demande de la revoir.`;
  return reviewerName === '' ? comment : `${reviewerName} demande de la revoir : « ${comment} »`;
};

/** What is said of a correction. */
interface Said {
  /** The edition that it corrects. */
  readonly wrong: Fiche;
  /** What a version to come would undo of it. */
  readonly undone: string | undefined;
  readonly word: string;
}

const common = (row: Correction, { wrong, undone = '', word }: Said) => ({
  correction: row.id,
  revision: row.revision,
  supplier: row.supplierId,
  word: escapeMarkdown(word),
  hasWord: word !== '',
  ...linesOf(row, wrong),
  undone: undone && `À noter : ${undone}`,
});

const ofFiche = ({ content, version }: Correction): string =>
  `${content.supplier.name}, fiche du ${frenchDay(version)}`;

/** Before an error is put right: what changes, and why, for whoever dropped the file. */
export function correctCard(row: Correction, said: Said, needsApproval: boolean): Card {
  const returned = row.state === 'returned' ? saidBy(row) : '';
  const heading = `Corriger une erreur : ${ofFiche(row)}`;
  return {
    template: 'catalogue/correct',
    summary: `${heading} ? Dites ce qui était faux.`,
    view: {
      ...common(row, { ...said, word: [said.word, returned].filter(Boolean).join(' ') }),
      heading: escapeMarkdown(heading),
      price: row.price,
      reason: row.reason,
      whom: WHOM,
      stays: needsApproval
        ? 'Une autre personne de l’équipe doit l’approuver. Ce qui a été publié reste dans l’historique, à côté de la correction.'
        : 'La correction vaut dès maintenant. Ce qui a été publié reste dans l’historique, à côté d’elle.',
      press: needsApproval ? 'Demander l’approbation' : 'Corriger la fiche',
    },
  };
}

const HEADINGS: Record<Correction['state'], string> = {
  draft: 'Correction commencée',
  proposed: 'Correction à approuver',
  returned: 'Correction renvoyée à son auteur',
  made: 'Fiche corrigée',
  dropped: 'Correction abandonnée',
};

/** A correction as it stands, for whoever approves it or looks at it. */
export function correctionCard(row: Correction, said: Said): Card {
  const heading = HEADINGS[row.state];
  const returned = row.state === 'returned' ? saidBy(row) : '';
  return {
    template: 'catalogue/correction',
    summary: `${heading} : ${ofFiche(row)}.`,
    view: {
      ...common(row, { ...said, word: [said.word, returned].filter(Boolean).join(' ') }),
      heading,
      what: escapeMarkdown(`${ofFiche(row)}${row.price ? ' · correction de prix' : ''}`),
      author: escapeMarkdown(row.name === '' ? '' : `Écrite par ${row.name}.`),
      reason: escapeMarkdown(row.reason === '' ? '' : `La raison : ${row.reason}`),
      whom: row.state === 'proposed' || row.state === 'made' ? WHOM : '',
      waits: row.state === 'proposed',
    },
  };
}
