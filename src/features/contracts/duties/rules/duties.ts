import { guide } from '../../../../core/guide/index.ts';
import { uncapital } from '../../../../core/text/text.ts';
import type { BusinessDays } from '../../../../core/time/business-days.ts';
import { isBefore, laterOf } from '../../../../core/time/days.ts';
import { byBroker, byGuide, type Due } from '../../../../core/time/due.ts';
import type { Term } from '../../recording/rules/term.ts';
import type { ContractRules } from './contract-rules.ts';
import type { Duty, DutyGround, Termination } from './duty.ts';
import { type Quarter, quarters, quarterText } from './quarters.ts';

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

/** The anniversaries of the signature, while the contract lasts (guide 4.9). */
export function anniversaries({ signedOn, endsOn }: Pick<Term, 'signedOn' | 'endsOn'>): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = [];
  for (let years = 1; ; years++) {
    const date = signedOn.add({ years });
    if (isBefore(endsOn, date)) return found;
    found.push(date);
  }
}

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
    return !isBefore(quarter.end, ground.endsOn) ? last : ongoing;
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
      .filter((date) => !termination || isBefore(date, endsOn))
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
  const from = termination?.noticeOn ?? laterOf(endsOn.subtract({ months: rules.exitMonths }), startsOn);
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
  const planned = !termination || isBefore(from, endsOn);
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
