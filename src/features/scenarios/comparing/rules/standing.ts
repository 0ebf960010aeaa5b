import { isDeepStrictEqual } from 'node:util';
import { type Category, type Fiche, fingerprint } from '../../../catalogue/index.ts';
import { type Comparison, compare } from '../../pricing/rules/comparison.ts';
import type { PricingRequest } from '../../pricing/rules/request.ts';
import { gapOf } from './figures.ts';
import type { SealedRecord } from './sealed-record.ts';

/** Whether article 48 of the RCTI binds a body: its own answer, whatever kind of body it is (guide 2.4 and 3.4.3). */
export type Bound = 'yes' | 'no' | 'unknown';

/** What somebody chose, and what was true then. */
export interface Chosen {
  readonly supplier: string;
  /** The sealed comparison that it rests on. */
  readonly seal: string;
  readonly priceCents: string;
  readonly gapCents: string;
  readonly on: string;
  /** What the body had said of itself; choices of before this kept nothing of it. */
  readonly kind?: string | undefined;
  readonly bound?: Bound | undefined;
}

/** What the sealed comparison of a choice holds. */
export type Basis = Pick<SealedRecord, 'request' | 'fiches'>;

/** An authorization of the head of the body: what it is for, and when it was given. */
export interface Authorized {
  readonly date: string;
  readonly supplier: string;
  readonly priceCents: string;
  readonly seal: string;
}

/** The facts as they are at a moment. */
export interface Present {
  /** Undefined while a question that makes it is open. */
  readonly request: PricingRequest | undefined;
  /** In force. */
  readonly fiches: readonly Fiche[];
  readonly kind: string | undefined;
  readonly bound: Bound | undefined;
}

/** Something on which a choice rests, and that is another one now. */
export type Change =
  | { readonly kind: 'needs'; readonly before: PricingRequest; readonly now: PricingRequest | undefined }
  | { readonly kind: 'scenario' }
  /** The supplier has no fiche in force any more. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'fiche'; readonly before: string; readonly now: string }
  | { readonly kind: 'price'; readonly before: bigint; readonly now: bigint }
  | { readonly kind: 'gap'; readonly before: bigint; readonly now: bigint }
  | { readonly kind: 'body'; readonly before: string; readonly now: string | undefined }
  | { readonly kind: 'bound'; readonly before: Bound; readonly now: Bound };

/** What the chosen scenario costs at a moment, beside the lowest. */
export interface Figures {
  readonly priceCents: bigint;
  readonly gapCents: bigint;
  readonly lowest: boolean;
  /** The offers of the scenario, with the categories that each covers. */
  readonly offers: Readonly<Record<string, readonly Category[]>>;
  /** Who has the lowest price. */
  readonly cheapest: readonly string[];
}

/** Where a choice stands at a moment: drawn from the facts each time it is asked for (guide 3.4.3). */
export interface ChoiceStanding {
  /** Empty while it rests on what it rested on. */
  readonly changes: readonly Change[];
  /** None when the supplier has no scenario, or nothing can be priced. */
  readonly figures: Figures | undefined;
  /** What article 48 asks before the meeting and the signature; `answer`: whether it binds the body. */
  readonly demand: 'nothing' | 'authorization' | 'answer';
  /** Whether an authorization was given for this choice, at this price, on these fiches. */
  readonly authorized: boolean;
}

/** What a supplier's scenario costs in a comparison. */
function figuresOf({ suppliers }: Comparison, supplier: string): Figures | undefined {
  const own = suppliers.find((scenario) => scenario.supplier === supplier);
  const [first] = suppliers;
  if (!own || !first) return undefined;
  return {
    priceCents: own.priceCents,
    gapCents: gapOf(own.priceCents, first.priceCents).cents,
    lowest: own.lowest,
    offers: own.offers,
    cheapest: suppliers.filter(({ lowest }) => lowest).map((scenario) => scenario.supplier),
  };
}

/** A choice on the comparison of a moment; undefined for a supplier without a scenario. */
export function chosenOf(
  supplier: string,
  comparison: Comparison,
  rest: Omit<Chosen, 'supplier' | 'priceCents' | 'gapCents'>,
): Chosen | undefined {
  const figures = figuresOf(comparison, supplier);
  return (
    figures && {
      supplier,
      priceCents: String(figures.priceCents),
      gapCents: String(figures.gapCents),
      ...rest,
    }
  );
}

/** Where a choice stands among the facts of a moment. */
export function standingOf(
  choice: Chosen,
  basis: Basis,
  authorization: Authorized | undefined,
  present: Present,
): ChoiceStanding {
  const { request, fiches, bound = 'unknown' } = present;
  const figures = request && figuresOf(compare(request, fiches), choice.supplier);
  return {
    changes: changesOf(choice, basis, present, figures),
    figures,
    demand:
      !figures || figures.lowest || bound === 'no' ? 'nothing' : bound === 'yes' ? 'authorization' : 'answer',
    authorized: authorization !== undefined && names(authorization, choice),
  };
}

/** An authorization is for the choice, the price and the fiches that it names. */
const names = ({ seal, supplier, priceCents }: Authorized, choice: Chosen): boolean =>
  seal === choice.seal && supplier === choice.supplier && priceCents === choice.priceCents;

function changesOf(
  choice: Chosen,
  basis: Basis,
  { request, fiches, kind, bound = 'unknown' }: Present,
  figures: Figures | undefined,
): Change[] {
  const changes: Change[] = [];
  if (!isDeepStrictEqual(request, basis.request))
    changes.push({ kind: 'needs', before: basis.request, now: request });
  const fiche = fiches.find(({ supplier }) => supplier.id === choice.supplier);
  const kept = basis.fiches.find(({ supplier }) => supplier === choice.supplier);
  if (fiche && kept && fingerprint(fiche) !== kept.fingerprint)
    changes.push({ kind: 'fiche', before: kept.version, now: fiche.version });
  if (request && !figures) changes.push({ kind: fiche ? 'scenario' : 'absent' });
  if (figures) {
    const [price, gap] = [BigInt(choice.priceCents), BigInt(choice.gapCents)];
    if (figures.priceCents !== price) changes.push({ kind: 'price', before: price, now: figures.priceCents });
    if (figures.gapCents !== gap) changes.push({ kind: 'gap', before: gap, now: figures.gapCents });
  }
  if (choice.kind !== undefined && choice.kind !== kind)
    changes.push({ kind: 'body', before: choice.kind, now: kind });
  if (choice.bound !== undefined && choice.bound !== bound)
    changes.push({ kind: 'bound', before: choice.bound, now: bound });
  return changes;
}

/** Whether the meeting may be held now: the choice stands, and what article 48 asks for is there (guide 3.5). */
export const mayMeet = ({ changes, figures, demand, authorized }: ChoiceStanding): boolean =>
  changes.length === 0 &&
  figures !== undefined &&
  (demand === 'nothing' || (demand === 'authorization' && authorized));

/** What only the Catalogue changed: the prices of the day of the signature are those of the contract (guide, FAQ 14). */
const CATALOGUES: readonly Change['kind'][] = ['fiche', 'price', 'gap'];

/** Whether nothing that a choice stands on changed but the Catalogue. */
export const onlyCatalogueChanged = ({ changes }: Pick<ChoiceStanding, 'changes'>): boolean =>
  changes.every(({ kind }) => CATALOGUES.includes(kind));

/**
 * Whether a contract that was signed on a day may be noted: `standing` is that of the fiches of that day. Where article
 * 48 asks for an authorization, it is for this very price, and was given before the signature (guide 3.4.3).
 */
export function mayNote(
  { changes, figures, demand, authorized }: ChoiceStanding,
  authorization: Authorized | undefined,
  signedOn: string,
): boolean {
  if (!figures || !onlyCatalogueChanged({ changes })) return false;
  if (demand === 'nothing') return true;
  return (
    demand === 'authorization' &&
    authorized &&
    authorization !== undefined &&
    authorization.date <= signedOn &&
    !changes.some(({ kind }) => kind === 'price')
  );
}

/** What is unlikely of the date of an authorization, or cannot be; undefined for one between the choice and today. */
export const dateDoubt = (
  date: string,
  choice: Pick<Chosen, 'on'>,
  today: string,
): 'future' | 'before' | undefined => (date > today ? 'future' : date < choice.on ? 'before' : undefined);
