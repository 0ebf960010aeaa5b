import { fold } from '../../../../core/text/text.ts';
import type { ReportLine } from './report.ts';

/** What is known here of a contract in a quarter. */
export interface Known {
  readonly number: number;
  readonly title: string;
  readonly supplier: string;
  readonly supplierName: string;
  readonly body: string | null;
  readonly paidCents: number;
}

/** `unknown`: the report has it and Courtier knows no such contract. `unreported`: Courtier knows of payments, the report does not. */
export type Verdict = 'same' | 'different' | 'unknown' | 'unreported';

/** A contract, or a body, on both sides. */
export interface Compared {
  readonly verdict: Verdict;
  readonly number: number | undefined;
  readonly title: string;
  readonly body: string;
  readonly supplierName: string;
  /** Undefined where Courtier knows nothing of it. */
  readonly knownCents: number | undefined;
  /** Undefined where the report says nothing of it. */
  readonly reportedCents: number | undefined;
}

export interface Reconciled {
  /** The names of those whose report it is. */
  readonly suppliers: readonly string[];
  readonly rows: readonly Compared[];
  readonly knownCents: number;
  readonly reportedCents: number;
}

const ORDER: Readonly<Record<Verdict, number>> = { different: 0, unreported: 1, unknown: 2, same: 3 };
const named = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
const says = (text: string, name: string): boolean => name !== '' && ` ${text} `.includes(` ${name} `);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The suppliers whose report it is: those of its contracts, or that it names, in a column, its name or beside it. */
function suppliersOf(lines: readonly ReportLine[], known: readonly Known[], beside: string): Set<string> {
  const numbers = new Set(lines.flatMap(({ number }) => number ?? []));
  const ofContracts = known.filter(({ number }) => numbers.has(number)).map(({ supplier }) => supplier);
  if (ofContracts.length > 0) return new Set(ofContracts);
  const written = [...new Set(lines.map(({ supplier }) => supplier)), beside].map(named);
  const said = known.filter(({ supplier, supplierName }) =>
    written.some((text) => says(text, named(supplier)) || says(text, named(supplierName))),
  );
  return new Set(said.map(({ supplier }) => supplier));
}

const verdictOf = (knownCents: number | undefined, reportedCents: number | undefined): Verdict => {
  if (reportedCents === undefined) return 'unreported';
  if (knownCents === undefined) return 'unknown';
  return knownCents === reportedCents ? 'same' : 'different';
};

/** The key of a line or of a contract: its number, or its body where the report has no numbers. */
const pairKeyOf = (number: number | undefined, body: string | null): string =>
  number === undefined ? `body:${named(body ?? '')}` : `contract:${number}`;

/**
 * A supplier's report beside what Courtier knows of the same quarter (guide 4.3), by contract, or by body where the
 * report has no numbers of contracts. What neither says was paid is left out. Undefined where nobody can tell whose
 * report it is; `beside` is what was written with it, and its name.
 */
export function reconcile(
  lines: readonly ReportLine[],
  known: readonly Known[],
  beside: string,
): Reconciled | undefined {
  const suppliers = suppliersOf(lines, known, beside);
  if (suppliers.size === 0) return undefined;
  const theirs = known.filter(({ supplier }) => suppliers.has(supplier));
  const byContract = lines.some(({ number }) => number !== undefined);
  const reported = Map.groupBy(lines, ({ number, body }) => pairKeyOf(byContract ? number : undefined, body));
  const mine = Map.groupBy(theirs, ({ number, body }) => pairKeyOf(byContract ? number : undefined, body));
  const rows = [...new Set([...mine.keys(), ...reported.keys()])].flatMap((key): Compared[] => {
    const [here, there] = [mine.get(key), reported.get(key)];
    const knownCents = here && sum(here.map(({ paidCents }) => paidCents));
    const reportedCents = there && sum(there.map(({ cents }) => cents));
    if (!knownCents && !reportedCents) return [];
    const first = here?.[0];
    return [
      {
        verdict: verdictOf(knownCents, reportedCents),
        number: byContract ? (first?.number ?? there?.[0]?.number) : undefined,
        title: byContract ? (first?.title ?? '') : '',
        body: first?.body ?? there?.[0]?.body ?? '',
        supplierName: first?.supplierName ?? there?.[0]?.supplier ?? '',
        knownCents,
        reportedCents,
      },
    ];
  });
  return {
    suppliers: [...new Set(theirs.map(({ supplierName }) => supplierName))],
    rows: rows.sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]),
    knownCents: sum(theirs.map(({ paidCents }) => paidCents)),
    reportedCents: sum(lines.map(({ cents }) => cents)),
  };
}
