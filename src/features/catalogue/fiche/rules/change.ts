import { capital, listed } from '../../../../core/text/text.ts';
import type { Offer } from './fiche.ts';

/** One thing that changed between two versions of a fiche. */
export interface Change {
  readonly kind: 'added' | 'withdrawn' | 'removed' | 'changed';
  /** The offer's id; absent for what concerns the whole supplier. */
  readonly offer?: string;
  /** « tiers », « hosting », « documents.amendingAnnex »… */
  readonly field: string;
  /** Whether rule 2 of publication applies: prices change on the first business day of a month. */
  readonly price: boolean;
  readonly from?: string;
  readonly to?: string;
  /** « −5 % », for an amount. */
  readonly percent?: string;
  /** The whole change in one plain sentence. */
  readonly sentence: string;
}

/** « Offre, champ : ancien → nouveau. »: the form of every plain change. */
export function changed(
  what: { offer?: Offer; field: string; label: string; price?: boolean },
  from: string,
  to: string,
  percent?: string,
): Change[] {
  if (from === to) return [];
  const subject = what.offer ? `${what.offer.name}, ${what.label}` : capital(what.label);
  return [
    {
      kind: 'changed',
      ...(what.offer ? { offer: what.offer.id } : {}),
      field: what.field,
      price: what.price ?? false,
      from,
      to,
      ...(percent ? { percent } : {}),
      sentence: ended(`${subject} : ${from || 'rien'} → ${to || 'rien'}${percent ? ` (${percent})` : ''}`),
    },
  ];
}

/** With one period at its end. */
const ended = (text: string): string => text.replace(/\.?$/, '.');

/** A list as a set: another order is no change. */
export const asSet = (items: readonly string[]): string =>
  listed([...items].sort((a, b) => a.localeCompare(b, 'fr')));
