import { markOf } from '../../../../core/cards/showed.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Choice } from '../../../acquisitions/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Comparison } from '../../pricing/rules/comparison.ts';
import { money } from '../../texts.ts';

/** The prices that a card showed, in cents, by supplier: that of the lowest is among them. */
export type Prices = ReadonlyMap<string, bigint>;

/** What a card showed when a supplier was chosen on it; cards of before say nothing of it. */
export interface SeenChoice {
  /** Which choice there was. */
  readonly showed?: string | undefined;
  readonly seen?: Prices | undefined;
}

/** What tells a choice from any other: none, another supplier, the same one on another day or at another price. */
export const choiceMark = (choice: Choice | undefined): string =>
  markOf(choice && { supplier: choice.supplier, on: choice.on, priceCents: choice.priceCents });

type Compared = Pick<Comparison, 'suppliers'>;

/** What a card says along of the prices that it shows, « airelle=840000,bleuet=1500000 »: all of them, or that of one supplier beside the lowest. */
export const pricesSeen = ({ suppliers }: Compared, only?: string): string =>
  suppliers
    .filter(({ supplier }, at) => !only || at === 0 || supplier === only)
    .map(({ supplier, priceCents }) => `${supplier}=${priceCents}`)
    .join(',');

/** The prices that a card said along; what is none of them is left out. */
export const readPrices = (text: string): Prices =>
  new Map(
    text.split(',').flatMap((each) => {
      const [supplier, cents = '', ...more] = each.split('=');
      return supplier && /^\d{1,18}$/.test(cents) && more.length === 0
        ? [[supplier, BigInt(cents)] as const]
        : [];
    }),
  );

/** Says that somebody else's choice, or another one, stands where the card showed none or another; undefined where none is replaced. */
export function replacedText(
  { showed }: SeenChoice,
  before: Choice | undefined,
  supplier: string,
  by: Pick<Person, keyof PersonKey | 'name'> | undefined,
  person: PersonKey,
): string | undefined {
  if (!before || before.supplier === supplier || showed === choiceMark(before)) return undefined;
  const on = frenchDay(before.on);
  if (by && isSame(by, person)) return `Vous avez choisi ${before.name} le ${on}. Remplacez-vous ce choix ?`;
  return by
    ? `${by.name} a choisi ${before.name} le ${on}. Remplacez-vous ce choix ?`
    : `Un autre choix est noté depuis le ${on} : ${before.name}. Le remplacez-vous ?`;
}

/** Says what the price that the card showed has become, or that it is the lowest no more; undefined where it stands. */
export function repricedText(
  { seen }: SeenChoice,
  { suppliers }: Compared,
  supplier: string,
  nameOf: (supplier: string) => string,
): string | undefined {
  const now = suppliers.find((each) => each.supplier === supplier)?.priceCents;
  const then = seen?.get(supplier);
  if (now === undefined || seen === undefined || then === undefined) return undefined;
  const wasLowest = [...seen.values()].every((price) => price >= then);
  const [lowest] = suppliers;
  const beaten = wasLowest && lowest !== undefined && lowest.priceCents < now ? lowest : undefined;
  const told = [
    now !== then && `Le prix de ${nameOf(supplier)} est maintenant ${money(now)}, il était ${money(then)}.`,
    beaten &&
      `Ce n’est plus le prix le plus bas : ${nameOf(beaten.supplier)} est à ${money(beaten.priceCents)}.`,
  ].filter(Boolean);
  return told.length > 0 ? [...told, 'Le choisissez-vous à ce prix ?'].join(' ') : undefined;
}
