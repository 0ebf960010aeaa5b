import type { BusinessDays } from '../../../../core/business-days.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { byBroker, byGuide, type Due, isPast, type Origin } from '../../../../core/due.ts';
import { guide } from '../../../../core/guide/index.ts';
import { uncapital } from '../../../../core/text.ts';
import type { Term } from '../../recording/rules/term.ts';
import type { ContractRules } from './contract-rules.ts';

/** When a copy of what was signed is with the broker at the latest: business days after the signature (guide 4.12). */
export function copyDue(signedOn: Temporal.PlainDate, days: BusinessDays): Due {
  const { value, section } = guide().rules.copyDays;
  return { ...byGuide(section), on: days.add(signedOn, value) };
}

/** A date that the guide leaves open, and that a deployer's rules set. */
const setBy = (rule: keyof ContractRules, on: Temporal.PlainDate): Due => ({
  ...byBroker(`content/calendar/contrats.yaml, ${rule}`),
  on,
});

export const DUTY_KINDS = [
  'copy',
  'publication',
  'fees',
  'yearly',
  'exit',
  'final',
  'finalCopy',
  'amendment',
  'termination',
] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

export interface Duty {
  /** Stable for ever: « copy », « fees:2026-10-01 », « yearly:2027 ». */
  readonly id: string;
  readonly kind: DutyKind;
  readonly title: string;
  /** Whose word it is that this is to be done. */
  readonly asked: Origin;
  /** When, and whose word that is. */
  readonly due: Due;
  /** When it came to be due here, where that is after the contract was noted: its reminders begin then. */
  readonly since?: Temporal.PlainDate;
  /** It was due before the contract was noted, and nobody said yet what became of it: it is asked, not recalled. */
  readonly unsaid?: true;
}

/** The end of a contract before its term. */
export interface Termination {
  readonly noticeOn: Temporal.PlainDate;
  readonly notedOn: Temporal.PlainDate;
}

/** What a contract's duties depend on; `endsOn` is its real end. */
export interface DutyGround extends Term {
  readonly rcti: boolean;
  /** When the head of the body signed the final evaluation. */
  readonly finalSignedOn: Temporal.PlainDate | undefined;
  readonly amendments: readonly {
    readonly id: string;
    readonly number: number;
    readonly signedOn: Temporal.PlainDate;
  }[];
  readonly termination?: Termination | undefined;
}

export interface Quarter {
  readonly start: Temporal.PlainDate;
  readonly end: Temporal.PlainDate;
}

/** The periods of an edition, by the years in which they begin: thousands of contracts ask for the same ones. */
const periodsOf = new WeakMap<object, Map<number, readonly Quarter[]>>();

function quartersAround(year: number): readonly Quarter[] {
  const { quarters } = guide();
  const years = periodsOf.get(quarters) ?? new Map<number, readonly Quarter[]>();
  periodsOf.set(quarters, years);
  const known = years.get(year);
  if (known) return known;
  const starts = quarters
    .flatMap(({ from }) => [-1, 0, 1, 2].map((more) => Temporal.PlainDate.from(`${year + more}-${from}`)))
    .sort(Temporal.PlainDate.compare);
  const found = starts.flatMap((start, n) => {
    const following = starts[n + 1];
    return following ? [{ start, end: following.subtract({ days: 1 }) }] : [];
  });
  years.set(year, found);
  return found;
}

/** The reporting period of a date (guide 4.3): together, the guide's periods make the year. */
export function quarterOf(date: Temporal.PlainDate): Quarter {
  const found = quartersAround(date.year).findLast(
    ({ start }) => Temporal.PlainDate.compare(start, date) <= 0,
  );
  return found ?? { start: date, end: date };
}

/** Each period's next one: a contract asks for a dozen, and thousands of contracts for the same ones. */
const following = new WeakMap<Quarter, Quarter>();

export function quarterAfter(quarter: Quarter): Quarter {
  const known = following.get(quarter);
  if (known) return known;
  const found = quarterOf(quarter.end.add({ days: 1 }));
  following.set(quarter, found);
  return found;
}

const written = new WeakMap<Quarter, string>();

/** « 1er octobre au 31 décembre 2026 ». */
export function quarterText(quarter: Quarter): string {
  const { start, end } = quarter;
  const text = written.get(quarter) ?? `${frenchDate(start).replace(/ \d{4}$/, '')} au ${frenchDate(end)}`;
  written.set(quarter, text);
  return text;
}

/** The periods in which a contract's invoices are paid: the last ones after its end, for what was used before. */
function quarters({ signedOn, endsOn }: Term, { lastPaymentDays }: ContractRules): Quarter[] {
  const lastPaid = endsOn.add({ days: lastPaymentDays });
  const found: Quarter[] = [];
  for (
    let quarter = quarterOf(signedOn);
    Temporal.PlainDate.compare(quarter.start, lastPaid) <= 0;
    quarter = quarterAfter(quarter)
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

const COPY_TITLE = 'Transmettre au Courtier une copie du contrat signé';
const FINAL_COPY_TITLE = 'Transmettre au Courtier le rapport d’évaluation signé';
const amendmentTitle = (number: number) => `Transmettre au Courtier une copie de l’avenant nº ${number}`;
const documentTitle = (name: string) => `Transmettre au Courtier : ${uncapital(name)}`;

/**
 * The title of a duty that the guide dates, by its id alone: of thousands, without working out all that each contract
 * asks. `amendments` are numbers by id; undefined for a duty that no contract has.
 */
export function titleOf(duty: string, amendments: ReadonlyMap<string, number>): string | undefined {
  if (duty === 'copy') return COPY_TITLE;
  if (duty === 'finalCopy') return FINAL_COPY_TITLE;
  const [kind, of] = duty.split(/:(.*)/s);
  const number = of === undefined ? undefined : amendments.get(of);
  if (kind === 'amendment') return number === undefined ? undefined : amendmentTitle(number);
  const document =
    kind === 'termination'
      ? guide().documents.find(({ id, sent }) => id === of && sent === 'atOnce')
      : undefined;
  return document && documentTitle(document.name);
}

/** What the signatures of a contract and of its amendments ask (guide 4.1 and 4.12). */
function signatureDuties(
  { signedOn, rcti, amendments }: DutyGround,
  rules: ContractRules,
  days: BusinessDays,
): Duty[] {
  const publication: Duty = {
    id: 'publication',
    kind: 'publication',
    title: 'Publier les renseignements du contrat au SEAO',
    asked: byGuide('4.1'),
    due: setBy('publicationDays', signedOn.add({ days: rules.publicationDays })),
  };
  return [
    {
      id: 'copy',
      kind: 'copy',
      title: COPY_TITLE,
      asked: byGuide('4.12'),
      due: copyDue(signedOn, days),
    },
    ...(rcti ? [publication] : []),
    ...amendments.map(
      ({ id, number, signedOn: signed }): Duty => ({
        id: `amendment:${id}`,
        kind: 'amendment',
        title: amendmentTitle(number),
        asked: byGuide('4.12'),
        due: copyDue(signed, days),
      }),
    ),
  ];
}

/** What is to be noted of a period, while a contract goes on and for its last ones: the same for all contracts. */
const feesOf = new WeakMap<ContractRules, Map<Quarter, { readonly ongoing: Duty; readonly last: Duty }>>();

export function feesOfPeriod(quarter: Quarter, rules: ContractRules) {
  const ofRules = feesOf.get(rules) ?? new Map();
  feesOf.set(rules, ofRules);
  const known = ofRules.get(quarter);
  if (known) return known;
  const duty = (which: string): Duty => ({
    id: `fees:${quarter.start}`,
    kind: 'fees',
    title: `Noter les ${which}factures payées : ${quarterText(quarter)}`,
    // The guide says how fees are counted (4.3), and asks no client to note what they are counted on.
    asked: byBroker('content/calendar/contrats.yaml, feeDays'),
    due: setBy('feeDays', quarter.end.add({ days: rules.feeDays })),
  });
  const made = { ongoing: duty(''), last: duty('dernières ') };
  ofRules.set(quarter, made);
  return made;
}

/** Noting what was paid in each period, the last ones after the end (guide 4.3). */
const feeDuties = (ground: DutyGround, rules: ContractRules): Duty[] =>
  quarters(ground, rules).map((quarter) => {
    const { ongoing, last } = feesOfPeriod(quarter, rules);
    return Temporal.PlainDate.compare(quarter.end, ground.endsOn) >= 0 ? last : ongoing;
  });

/** Evaluating the supplier: each year while the contract lasts, and at its end under the RCTI (guide 4.9, 4.10, 4.12). */
function evaluationDuties(ground: DutyGround, days: BusinessDays): Duty[] {
  const { endsOn, rcti, finalSignedOn, termination } = ground;
  const final: Duty = {
    id: 'final',
    kind: 'final',
    title: 'Évaluer le rendement du fournisseur à la fin du contrat',
    asked: byGuide('4.10'),
    due: { ...byBroker('la fin du contrat'), on: endsOn },
    ...since(termination),
  };
  return [
    ...anniversaries(ground)
      // A contract that is ended that day is evaluated for its end.
      .filter((date) => !termination || Temporal.PlainDate.compare(date, endsOn) < 0)
      .map(
        (date): Duty => ({
          id: `yearly:${date.year}`,
          kind: 'yearly',
          title: `Évaluer le rendement du fournisseur (${date.year})`,
          asked: byGuide('4.9'),
          due: { ...byBroker('l’anniversaire de la signature'), on: date },
        }),
      ),
    ...(rcti ? [final] : []),
    ...(rcti && finalSignedOn
      ? [
          {
            id: 'finalCopy',
            kind: 'finalCopy' as const,
            title: FINAL_COPY_TITLE,
            asked: byGuide('4.12'),
            due: copyDue(finalSignedOn, days),
          },
        ]
      : []),
  ];
}

const since = (termination: Termination | undefined): Pick<Duty, 'since'> =>
  termination ? { since: termination.notedOn } : {};

/** What the end of a contract asks: planning the exit, and the documents of a termination at once (guide 4.11, 4.12). */
function endingDuties({ startsOn, endsOn, termination }: DutyGround, rules: ContractRules): Duty[] {
  const from = termination?.noticeOn ?? later(endsOn.subtract({ months: rules.exitMonths }), startsOn);
  const exit: Duty = {
    id: 'exit',
    kind: 'exit',
    title: 'Commencer à préparer la sortie',
    asked: byGuide('4.11'),
    due: termination
      ? { ...byBroker('la date de l’avis de résiliation'), on: from }
      : setBy('exitMonths', from),
    ...since(termination),
  };
  // Ended on the day of its notice, nothing is left to be planned before.
  const planned = !termination || Temporal.PlainDate.compare(from, endsOn) < 0;
  const documents = termination ? guide().documents.filter(({ sent }) => sent === 'atOnce') : [];
  return [
    ...(planned ? [exit] : []),
    ...documents.map(
      ({ id, name }): Duty => ({
        id: `termination:${id}`,
        kind: 'termination',
        title: documentTitle(name),
        asked: byGuide('4.12'),
        due: { ...byGuide('4.12'), on: endsOn },
        ...since(termination),
      }),
    ),
  ];
}

/** All that a contract asks of a client, dated, the first due first (guide 4.1 to 4.12). */
export const dutiesOf = (ground: DutyGround, rules: ContractRules, days: BusinessDays): Duty[] =>
  [
    ...signatureDuties(ground, rules, days),
    ...feeDuties(ground, rules),
    ...evaluationDuties(ground, days),
    ...endingDuties(ground, rules),
  ].sort((a, b) => Temporal.PlainDate.compare(a.due.on, b.due.on) || a.id.localeCompare(b.id));

/**
 * What was due before its contract was noted here: `unsaid`, or, where somebody said on a day that it is still to be
 * done, recalled from then on.
 */
export function sinceEntry(
  duty: Duty,
  notedOn: Temporal.PlainDate,
  wantedSince: Temporal.PlainDate | undefined,
): Duty {
  if (!isOlder(duty, notedOn)) return duty;
  return wantedSince ? { ...duty, since: wantedSince } : { ...duty, unsaid: true };
}

/** Whether a duty was due before its contract was noted here, whatever was said of it since. */
export const isOlder = ({ due, since }: Pick<Duty, 'due' | 'since'>, notedOn: Temporal.PlainDate): boolean =>
  since === undefined && isPast(due, notedOn);

/** `late`: the guide's date has passed; `passed`: a date of the broker's has; `unsaid`: before the contract was noted. */
export type DutyState = 'done' | 'unsaid' | 'late' | 'passed' | 'soon' | 'coming';

/** Where a duty stands on a day; `soon` within the days of the first reminder. */
export function stateOf(
  { due, unsaid }: Duty,
  done: boolean,
  today: Temporal.PlainDate,
  { remindDays }: ContractRules,
): DutyState {
  if (done) return 'done';
  if (unsaid) return 'unsaid';
  if (isPast(due, today)) return due.source === 'guide' ? 'late' : 'passed';
  return Temporal.PlainDate.compare(today, due.on.subtract({ days: remindDays })) >= 0 ? 'soon' : 'coming';
}
