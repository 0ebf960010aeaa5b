import type { BusinessDays } from '../../../../core/business-days.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { guide } from '../../../../core/guide/index.ts';
import type { Term } from '../../recording/rules/term.ts';
import type { ContractRules } from './contract-rules.ts';

/** Business days for a copy to the broker (guide 4.12). */
const copyDays = (): number => guide().rules.copyDays.value;

export const DUTY_KINDS = [
  'copy',
  'publication',
  'fees',
  'yearly',
  'exit',
  'final',
  'finalCopy',
  'amendment',
] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

export interface Duty {
  /** Stable for ever: « copy », « fees:2026-10-01 », « yearly:2027 ». */
  readonly id: string;
  readonly kind: DutyKind;
  readonly title: string;
  readonly due: Temporal.PlainDate;
  /** The guide's section. */
  readonly section: string;
  /** Whether the guide sets the date, or the deployer's rules do. */
  readonly exact: boolean;
}

export interface DutyGround extends Term {
  readonly rcti: boolean;
  /** When the head of the body signed the final evaluation. */
  readonly finalSignedOn: Temporal.PlainDate | undefined;
  readonly amendments: readonly {
    readonly id: string;
    readonly number: number;
    readonly signedOn: Temporal.PlainDate;
  }[];
}

export interface Quarter {
  readonly start: Temporal.PlainDate;
  readonly end: Temporal.PlainDate;
}

/** The reporting period of a date (guide 4.3): together, the guide's periods make the year. */
export function quarterOf(date: Temporal.PlainDate): Quarter {
  const starts = guide().quarters.flatMap(({ from }) =>
    [-1, 0, 1].map((years) => Temporal.PlainDate.from(`${date.year + years}-${from}`)),
  );
  starts.sort(Temporal.PlainDate.compare);
  const next = starts.findIndex((start) => Temporal.PlainDate.compare(start, date) > 0);
  const [start = date, following = date] = [starts[next - 1], starts[next]];
  return { start, end: following.subtract({ days: 1 }) };
}

/** « 1er octobre au 31 décembre 2026 ». */
export const quarterText = ({ start, end }: Quarter): string =>
  `${frenchDate(start).replace(/ \d{4}$/, '')} au ${frenchDate(end)}`;

function quarters({ signedOn, endsOn }: Term): Quarter[] {
  const found: Quarter[] = [];
  for (
    let quarter = quarterOf(signedOn);
    Temporal.PlainDate.compare(quarter.start, endsOn) <= 0;
    quarter = quarterOf(quarter.end.add({ days: 1 }))
  )
    found.push(quarter);
  return found;
}

/** The anniversaries of the signature, while the contract lasts (guide 4.9). */
export function anniversaries({ signedOn, endsOn }: Pick<Term, 'signedOn' | 'endsOn'>): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = [];
  for (let years = 1; ; years++) {
    const date = signedOn.add({ years });
    if (Temporal.PlainDate.compare(date, endsOn) > 0) return found;
    found.push(date);
  }
}

const later = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(a, b) >= 0 ? a : b;

/** All that a contract asks of a client, dated, the first due first (guide 4.1 to 4.12). */
export function dutiesOf(ground: DutyGround, rules: ContractRules, days: BusinessDays): Duty[] {
  const { signedOn, startsOn, endsOn, rcti, finalSignedOn, amendments } = ground;
  const exit = later(endsOn.subtract({ months: rules.exitMonths }), startsOn);
  const duties: Duty[] = [
    {
      id: 'copy',
      kind: 'copy',
      title: 'Transmettre au Courtier une copie du contrat signé',
      due: days.add(signedOn, copyDays()),
      section: '4.12',
      exact: true,
    },
    ...(rcti
      ? [
          {
            id: 'publication',
            kind: 'publication' as const,
            title: 'Publier les renseignements du contrat au SEAO',
            due: signedOn.add({ days: rules.publicationDays }),
            section: '4.1',
            exact: false,
          },
        ]
      : []),
    ...quarters(ground).map((quarter) => ({
      id: `fees:${quarter.start}`,
      kind: 'fees' as const,
      title: `Noter les factures payées : ${quarterText(quarter)}`,
      due: quarter.end.add({ days: rules.feeDays }),
      section: '4.3',
      exact: false,
    })),
    ...anniversaries(ground).map((date) => ({
      id: `yearly:${date.year}`,
      kind: 'yearly' as const,
      title: `Évaluer le rendement du fournisseur (${date.year})`,
      due: date,
      section: '4.9',
      exact: false,
    })),
    {
      id: 'exit',
      kind: 'exit',
      title: 'Commencer à préparer la sortie',
      due: exit,
      section: '4.11',
      exact: false,
    },
    ...(rcti
      ? [
          {
            id: 'final',
            kind: 'final' as const,
            title: 'Évaluer le rendement du fournisseur à la fin du contrat',
            due: endsOn,
            section: '4.10',
            exact: false,
          },
        ]
      : []),
    ...(rcti && finalSignedOn
      ? [
          {
            id: 'finalCopy',
            kind: 'finalCopy' as const,
            title: 'Transmettre au Courtier le rapport d’évaluation signé',
            due: days.add(finalSignedOn, copyDays()),
            section: '4.12',
            exact: true,
          },
        ]
      : []),
    ...amendments.map(({ id, number, signedOn: signed }) => ({
      id: `amendment:${id}`,
      kind: 'amendment' as const,
      title: `Transmettre au Courtier une copie de l’avenant nº ${number}`,
      due: days.add(signed, copyDays()),
      section: '4.12',
      exact: true,
    })),
  ];
  return duties.sort((a, b) => Temporal.PlainDate.compare(a.due, b.due) || a.id.localeCompare(b.id));
}

export type DutyState = 'done' | 'late' | 'soon' | 'coming';

/** Where a duty stands on a day; `soon` within the days of the first reminder. */
export function stateOf(
  { due }: Duty,
  done: boolean,
  today: Temporal.PlainDate,
  { remindDays }: ContractRules,
): DutyState {
  if (done) return 'done';
  if (Temporal.PlainDate.compare(today, due) > 0) return 'late';
  return Temporal.PlainDate.compare(today, due.subtract({ days: remindDays })) >= 0 ? 'soon' : 'coming';
}

/** Weeks after which nobody is reminded any more: the duty stays in the list. */
const MOST_REMINDERS = 12;

/**
 * Which weekly reminder of a duty it is time for, from 0; undefined when it is too early, or when enough was said. The
 * weeks run from the first reminder's day, or from the day when the contract was noted if that is later.
 */
export function reminderOf(
  { due }: Pick<Duty, 'due'>,
  today: Temporal.PlainDate,
  { remindDays }: ContractRules,
  notedOn: Temporal.PlainDate,
): number | undefined {
  const first = due.subtract({ days: remindDays });
  const from = Temporal.PlainDate.compare(first, notedOn) < 0 ? notedOn : first;
  const since = from.until(today, { largestUnit: 'days' }).days;
  const week = Math.floor(since / 7);
  return since < 0 || week >= MOST_REMINDERS ? undefined : week;
}
