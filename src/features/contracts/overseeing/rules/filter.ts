import { type Quarter, quarterOf } from '../../duties/rules/quarters.ts';

/** `ending`: in force, and within the months in which its exit is prepared. `terminated`: whenever it takes effect. */
export const CONTRACT_STATES = ['all', 'inForce', 'ending', 'ended', 'terminated'] as const;
export const REGISTER_ORDERS = ['end', 'newest', 'amount', 'body', 'supplier'] as const;
/** Which of a contract's days a period is about. */
export const DATED = ['signed', 'ends'] as const;

/** Which contracts of all bodies the staff look at, and in which order; what is empty narrows nothing. */
export interface RegisterFilter {
  /** Each occurs in the names of the body, of the supplier or of the contract, or is its number. */
  readonly words: string;
  /** The id of one body. */
  readonly body: string;
  readonly supplier: string;
  readonly state: (typeof CONTRACT_STATES)[number];
  /** Only those that have a duty whose date of the guide has passed. */
  readonly late: boolean;
  readonly dated: (typeof DATED)[number];
  /** A year, « 2026 », or the first day of a quarter. */
  readonly period: string;
  readonly order: (typeof REGISTER_ORDERS)[number];
}

export const EVERY_CONTRACT: RegisterFilter = {
  words: '',
  body: '',
  supplier: '',
  state: 'all',
  late: false,
  dated: 'signed',
  period: '',
  order: 'end',
};

/** The days of a period; undefined for none. A quarter is one of the guide's reporting periods (4.3). */
export function daysOf(period: string): Quarter | undefined {
  if (period === '') return undefined;
  if (!/^\d{4}$/.test(period)) return quarterOf(Temporal.PlainDate.from(period));
  const start = Temporal.PlainDate.from({ year: Number(period), month: 1, day: 1 });
  return { start, end: start.add({ years: 1 }).subtract({ days: 1 }) };
}

/** The quarter that was over last on a day: the one whose report the suppliers owe (guide 4.3). */
export const lastQuarter = (today: Temporal.PlainDate): Quarter =>
  quarterOf(quarterOf(today).start.subtract({ days: 1 }));

/** The quarter before or after another. */
export const quarterBeside = ({ start, end }: Quarter, which: 'before' | 'after'): Quarter =>
  quarterOf(which === 'before' ? start.subtract({ days: 1 }) : end.add({ days: 1 }));
