import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { changesText, groupsOf } from '../../browsing/screens/change-cards.ts';
import type { Difference } from '../../fiche/rules/difference.ts';
import type { Problem } from '../../fiche/rules/problems.ts';
import type { UploadedFile } from '../../tables.ts';
import type { Upload } from '../store/upload-records.ts';
import type { FileEffect } from '../store/uploads.ts';
import { previewOf } from './preview.ts';

/** What a dropped file is worth, in one line. */
function verdictOf({ fiche, basis }: UploadedFile, difference: Difference | undefined): string {
  if (basis === null || !difference) return `Nouveau fournisseur : ${count(fiche.offers.length, 'offre')}.`;
  if (basis === fiche.version)
    return difference.changes.length === 0
      ? 'Déjà publiée, avec le même contenu : rien à faire.'
      : 'Déjà publiée, et corrigée depuis : ce fichier n’y change rien.';
  return `${changesText(difference)} Comparée à la version du ${frenchDay(basis)}.`;
}

/** When a version takes effect, seen from a day. */
const effectOf = (version: string, today: string): string =>
  version <= today ? 'Prend effet dès la publication.' : `Prendra effet le ${frenchDay(version)}, à 0 h.`;

export const problemText = ({ path, line, cell, sentence, correction }: Problem): string =>
  [
    [line && `Ligne ${line}`, cell && `Cellule ${cell}`, path].filter(Boolean).join(', '),
    [sentence, correction].filter(Boolean).join(' '),
  ]
    .filter(Boolean)
    .join(' : ');

export interface Review {
  readonly upload: Upload;
  /** One for each file that can be published, in the same order. */
  readonly effects: readonly FileEffect[];
  readonly today: string;
  readonly notice?: string;
  readonly page?: number;
}

const CLOSED = { published: 'Publiée.', unchanged: 'Déjà publiée : rien n’a changé.', refused: 'Refusée.' };

/** An upload that waits for nothing any more. */
function closedCard({ state, files, refused }: Upload): Card {
  const done = state === 'published' && files.some(({ outcome }) => outcome !== 'refused');
  const heading = done ? 'Déjà publié' : 'Rien n’a été publié';
  const outcomeOf = ({ outcome = 'published' }: UploadedFile): string =>
    state === 'published' ? CLOSED[outcome] : 'Abandonnée. Déposez le fichier de nouveau pour la publier.';
  return {
    template: 'catalogue/published',
    summary: heading,
    view: {
      heading,
      files: [
        ...files.map((file) => ({ name: escapeMarkdown(file.name), outcome: outcomeOf(file) })),
        ...refused.map(({ name }) => ({ name: escapeMarkdown(name), outcome: 'Refusée.' })),
      ].slice(0, NAMED),
      more:
        files.length + refused.length > NAMED
          ? `Et ${count(files.length + refused.length - NAMED, 'autre fichier', 'autres fichiers')}.`
          : '',
    },
  };
}

/** Rows of a report that a card bears. */
const FILES = 10;

/** Outcomes that are named once it is published. */
export const NAMED = 15;

/** What the valid files do together, in a line. */
function totalsOf({ upload: { files }, effects }: Review): string {
  const added = files.filter(({ basis }) => basis === null).length;
  const same = files.filter(({ fiche, basis }) => basis === fiche.version).length;
  const prices = effects.filter(({ difference }) => difference?.changesPrices).length;
  return [
    added > 0 ? count(added, 'nouveau fournisseur', 'nouveaux fournisseurs') : '',
    prices > 0 ? count(prices, 'fiche dont un prix change', 'fiches dont un prix change') : '',
    same > 0 ? count(same, 'fiche déjà publiée', 'fiches déjà publiées') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The files of an upload: one of them in detail when it is alone, else a list. */
export function reviewCard(review: Review): Card {
  const { upload: uploaded, effects, today, notice = '', page: wanted = 1 } = review;
  const { files, refused, id, revision } = uploaded;
  if (uploaded.state !== 'waiting') return closedCard(uploaded);
  if (files.length + refused.length === 1) return reviewFileCard(review, 0, 1);
  // What is to be corrected is read first.
  const rows = [
    ...refused.map(({ name, problems }, at) => ({
      file: files.length + at,
      label: name,
      name: escapeMarkdown(name),
      verdict: `Refusé : ${count(problems.length, 'problème')}.`,
      effect: '',
      valid: false,
    })),
    ...files.map((file, at) => ({
      file: at,
      label: file.name,
      name: escapeMarkdown(file.name),
      verdict: verdictOf(file, effects[at]?.difference),
      effect: [effectOf(file.fiche.version, today), effects[at]?.forgotten].filter(Boolean).join(' '),
      valid: true,
    })),
  ];
  const page = pageOf(rows, wanted, FILES);
  const refusedText = refused.length > 0 ? `, dont ${refused.length} à corriger` : '';
  return {
    template: 'catalogue/review',
    summary: `${count(files.length, 'fiche')} à publier, ${count(refused.length, 'fichier refusé', 'fichiers refusés')}.`,
    view: {
      heading: `${count(rows.length, 'fichier lu', 'fichiers lus')}${refusedText}`,
      totals: totalsOf(review),
      ...noticeView(notice),
      upload: id,
      revision,
      files: page.items.map((row) => ({ ...row, upload: id, revision })),
      ...pagingRow(page, 'fichiers'),
      publish: files.length === 1 ? 'Publier la fiche valide' : `Publier les ${files.length} fiches`,
      publishable: files.length > 0,
    },
  };
}

/** One file of an upload: what it changes, or what is to be corrected. */
export function reviewFileCard(
  { upload: uploaded, effects, today, notice = '' }: Review,
  at: number,
  wanted: number,
): Card {
  const { files, refused, id, revision } = uploaded;
  if (uploaded.state !== 'waiting') return closedCard(uploaded);
  const several = files.length + refused.length > 1;
  const file = files[at];
  const rejected = refused[at - files.length];
  const common = {
    ...noticeView(notice),
    upload: id,
    revision,
    file: at,
    several,
    publishable: !several && file !== undefined,
  };
  if (file) {
    const { difference, forgotten } = effects[at] ?? {};
    const warnings = [...(forgotten ? [forgotten] : []), ...file.warnings];
    const { supplier, version } = file.fiche;
    const heading = `${supplier.name}, fiche du ${frenchDay(version)}`;
    return {
      template: 'catalogue/review-file',
      summary: `${heading}. ${verdictOf(file, difference)}`,
      view: {
        ...common,
        heading: escapeMarkdown(heading),
        fileName: escapeMarkdown(file.name),
        verdict: verdictOf(file, difference),
        hasEffect: true,
        effect: effectOf(version, today),
        hasWarnings: warnings.length > 0,
        warnings: warnings.map((text) => ({ text: `À noter : ${escapeMarkdown(text)}` })),
        ...(difference ? groupsOf(difference.changes, file.fiche, wanted) : previewOf(file.fiche, wanted)),
      },
    };
  }
  const problems = rejected?.problems ?? [];
  const page = pageOf(problems, wanted, 8);
  return {
    template: 'catalogue/review-file',
    summary: `${rejected?.name ?? ''} : ${count(problems.length, 'problème')} à corriger.`,
    view: {
      ...common,
      heading: `${count(problems.length, 'problème')} à corriger`,
      fileName: escapeMarkdown(rejected?.name ?? ''),
      verdict: 'Rien n’est publié. Corrigez le fichier, puis déposez-le de nouveau.',
      hasEffect: false,
      effect: '',
      hasWarnings: false,
      warnings: [],
      groups: [
        {
          heading: 'À corriger',
          lines: page.items.map((problem) => ({ text: `• ${escapeMarkdown(problemText(problem))}` })),
        },
      ],
      ...pagingRow(page, 'problèmes'),
    },
  };
}
