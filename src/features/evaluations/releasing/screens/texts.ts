import { count } from '../../../../core/text/text.ts';
import type { SheetAct, SheetState } from '../rules/sheets.ts';
import type { SheetOrder } from '../store/orders.ts';

export const STATE_NAMES: Record<SheetState, string> = {
  ready: 'À transmettre',
  behind: 'Transmise ; d’autres réponses depuis',
  released: 'Transmise',
  withdrawn: 'Retirée',
  short: 'Moins de trois organismes',
};

export const ORDER_NAMES: Record<SheetOrder['state'], string> = {
  proposed: 'à approuver',
  returned: 'renvoyées à leur auteur',
  approved: 'en préparation',
  done: 'prêtes',
  dropped: 'abandonnées',
};

/** As many names as are read at once. */
const NAMED = 10;

/** « 12 fiches : Airelle inc. (2026), Bleuet inc. (2026) et 10 autres. » */
export function sheetsText(sheets: readonly { readonly name: string; readonly year: number }[]): string {
  const named = sheets.slice(0, NAMED).map(({ name, year }) => `${name} (${year})`);
  const rest = sheets.length - named.length;
  const more = rest > 0 ? ` et ${count(rest, 'autre', 'autres')}` : '';
  return `${count(sheets.length, 'fiche')} : ${named.join(', ')}${more}.`;
}

/** What leaves, for whom. */
export const LEAVES: Record<SheetAct, string> = {
  release:
    'Chaque fournisseur pourra lire ses résultats de l’année : la moyenne de chaque critère, et les commentaires d’au moins trois organismes, sans le nom de personne. L’équipe lui remet son lien ; le lien d’une fiche d’avant ne vaudra plus.',
  withdraw:
    'Les liens de ces fournisseurs ne répondront plus. Leurs fiches pourront être transmises de nouveau.',
};
