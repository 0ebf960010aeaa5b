import { frenchDate } from '../../../../core/clock.ts';
import { ofName } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { categoriesOf } from '../../fiche/rules/difference.ts';
import type { Fiche, Offer } from '../../fiche/rules/fiche.ts';
import type { DayChange } from '../../following/rules/day-change.ts';

/** What the broker decided of an offer, or of all those of a supplier, whatever their fiche says. */
export interface Measure {
  readonly supplierId: string;
  /** Null for all of the supplier's. */
  readonly offerId: string | null;
  readonly kind: 'suspended' | 'withdrawn';
  readonly reason: string;
  readonly startsAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: string;
}

const holds = ({ startsAt, endedAt }: Measure, at: Date): boolean =>
  startsAt <= at && (endedAt === null || endedAt > at);

const since = new WeakMap<Offer, string>();

/** The day since when the broker has an offer suspended or withdrawn, in French; undefined where its fiche says so itself. */
export const measuredSince = (offer: Offer): string | undefined => since.get(offer);

/** « Suspendue par le Courtier depuis le 23 novembre 2026 »; empty where the broker decided nothing of it. */
export function measureText(offer: Offer): string {
  const day = measuredSince(offer);
  if (!day) return '';
  return offer.status === 'suspended' ? `Suspendue depuis le ${day}` : `Retirée depuis le ${day}`;
}

/** A fiche as what the broker decided makes it at a moment; itself where nothing was. Drawn when it is read, never kept. */
export function measured(fiche: Fiche, measures: readonly Measure[], at: Date): Fiche {
  const now = measures.filter((each) => each.supplierId === fiche.supplier.id && holds(each, at));
  if (now.length === 0) return fiche;
  const offers = fiche.offers.map((offer) => {
    const theirs = now.filter(({ offerId }) => offerId === null || offerId === offer.id);
    const [strongest] = theirs.toSorted((a, b) => (a.kind < b.kind ? 1 : a.kind > b.kind ? -1 : 0));
    if (!strongest || offer.status === 'withdrawn') return offer;
    const decided: Offer = { ...offer, status: strongest.kind };
    since.set(decided, frenchDate(brokerDate(strongest.startsAt)));
    return decided;
  });
  return { ...fiche, offers };
}

/** Every moment at which what was decided of a supplier changed something. */
export const momentsOf = (measures: readonly Measure[]): Date[] =>
  measures.flatMap(({ startsAt, endedAt }) => (endedAt ? [startsAt, endedAt] : [startsAt]));

/** What a measure is about, as a subject: « Bleuet Courriel », « Toutes les offres de Bleuet inc. ». */
const subject = ({ offerId }: Measure, fiche: Fiche): string =>
  offerId === null
    ? `Toutes les offres ${ofName(fiche.supplier.name)}`
    : (fiche.offers.find(({ id }) => id === offerId)?.name ?? offerId);

/** What was decided, in a sentence with its reason; `ended`: its end. */
export function decidedText(measure: Measure, fiche: Fiche, ended: boolean): string {
  const what = subject(measure, fiche);
  const all = measure.offerId === null;
  const day = (at: Date) => frenchDate(brokerDate(at));
  if (ended && measure.endedAt)
    return `${what} : ${measure.kind === 'suspended' ? 'suspension levée' : 'retrait annulé'} le ${day(measure.endedAt)}. ${measure.endReason}`;
  const word = measure.kind === 'suspended' ? 'suspendue' : 'retirée';
  const from = measure.kind === 'suspended' ? 'depuis le' : 'à compter du';
  return `${what} : ${word}${all ? 's' : ''} ${from} ${day(measure.startsAt)}. ${measure.reason}`;
}

/** What was decided, for those who follow the catalogue, or rely on the fiche. */
export function decidedChange(measure: Measure, fiche: Fiche, ended: boolean): DayChange {
  const about = fiche.offers.filter(({ id }) => measure.offerId === null || id === measure.offerId);
  return {
    fiche,
    difference: {
      supplier: fiche.supplier.id,
      from: fiche.version,
      to: fiche.version,
      changes: [],
      changesPrices: false,
      categories: [...new Set(about.flatMap(categoriesOf))],
    },
    act: { text: decidedText(measure, fiche, ended), offers: about.map(({ id }) => id) },
  };
}
