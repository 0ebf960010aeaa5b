import type { BusinessDays } from '../../core/business-days.ts';
import type { MeetingRules } from './meeting-rules.ts';

export const PARTIES = ['client', 'broker', 'supplier'] as const;
export type Party = (typeof PARTIES)[number];

export interface Step {
  /** The guide's number, 1 to 11. */
  readonly number: number;
  readonly title: string;
  /** Who confirms, each their own part. */
  readonly parties: readonly Party[];
  /** What each party confirms, where it is not plain from the title. */
  readonly tasks: Partial<Readonly<Record<Party, string>>>;
  /** Each party waits for the one before. */
  readonly inOrder: boolean;
}

const step = (
  number: number,
  title: string,
  tasks: Partial<Readonly<Record<Party, string>>>,
  { inOrder = false } = {},
): Step => ({
  number,
  title,
  tasks,
  inOrder,
  parties: PARTIES.filter((party) => tasks[party] !== undefined),
});

/** The eleven steps to a signed contract (guide 3.5). */
export const STEPS: readonly Step[] = [
  step(1, 'Demander la rencontre', {
    client: 'Dire au Courtier que vous êtes prêt, et quel fournisseur vous avez choisi',
  }),
  step(2, 'Préciser ce qu’il faut préparer', { broker: 'Dire au client quels renseignements fournir' }),
  step(3, 'Tenir la rencontre de démarrage', { broker: 'Convoquer et tenir la rencontre' }),
  step(4, 'Obtenir l’autorisation budgétaire', {
    client:
      'Obtenir l’autorisation, puis confirmer au Courtier et au fournisseur les offres, les quantités et leur répartition',
  }),
  step(5, 'Vérifier le fournisseur', {
    client: 'Valider l’admissibilité administrative du fournisseur, comme prévu au contrat',
  }),
  step(6, 'Préparer le contrat', {
    broker: 'Préparer le contrat avec le gabarit',
    supplier: 'Remplir les documents prévus à vos conditions, s’il y en a, et les transmettre au Courtier',
  }),
  step(7, 'Assembler les documents', {
    broker: 'Assembler les documents contractuels et les transmettre au client',
  }),
  step(
    8,
    'Approuver la version à signer',
    {
      client: 'Valider les documents et donner votre approbation',
      broker: 'Transmettre au client la version à signer',
    },
    { inOrder: true },
  ),
  step(9, 'Faire signer le client', {
    client: 'Faire signer le contrat, puis le transmettre au fournisseur',
  }),
  step(10, 'Faire signer le fournisseur', { supplier: 'Signer le contrat, puis le transmettre au client' }),
  step(11, 'Transmettre la copie signée', { client: 'Transmettre au Courtier une copie du contrat signé' }),
];

/** Days that the guide gives for the copy of the signed contract (4.12). */
export const COPY_DAYS = 5;

/** A party's part of a step, as it was confirmed. */
export interface Confirmation {
  readonly step: number;
  readonly party: Party;
  readonly at: Date;
  readonly by: string;
}

export interface StepStanding {
  readonly step: Step;
  readonly state: 'done' | 'current' | 'later';
  /** Who has still to confirm. */
  readonly waiting: readonly Party[];
  /** A target; the guide's own for the last step. None for the request and the meeting. */
  readonly due: Temporal.PlainDate | undefined;
  readonly late: boolean;
}

const isDone = (step: Step, confirmed: readonly Confirmation[]): boolean =>
  waitingFor(step, confirmed).length === 0;

function waitingFor({ number, parties, inOrder }: Step, confirmed: readonly Confirmation[]): Party[] {
  const missing = parties.filter(
    (party) => !confirmed.some((each) => each.step === number && each.party === party),
  );
  return inOrder ? missing.slice(0, 1) : missing;
}

/** Where the eleven steps are. The first that is not done is the current one: nobody confirms ahead of it. */
export function standingOf(
  confirmed: readonly Confirmation[],
  today: Temporal.PlainDate,
  { rules, days, timeZone }: { rules: MeetingRules; days: BusinessDays; timeZone: string },
): StepStanding[] {
  const current = STEPS.find((each) => !isDone(each, confirmed))?.number ?? STEPS.length + 1;
  const ended = (number: number): Temporal.PlainDate | undefined => {
    const times = confirmed.filter((each) => each.step === number).map(({ at }) => at.getTime());
    return times.length === 0
      ? undefined
      : Temporal.Instant.fromEpochMilliseconds(Math.max(...times))
          .toZonedDateTimeISO(timeZone)
          .toPlainDate();
  };
  return STEPS.map((each) => {
    const { number } = each;
    const state = number < current ? 'done' : number === current ? 'current' : 'later';
    const length = number === 11 ? COPY_DAYS : rules.stepDays[number as keyof MeetingRules['stepDays']];
    const before = state === 'current' ? ended(number - 1) : undefined;
    const due = before && length ? days.add(before, length) : undefined;
    return {
      step: each,
      state,
      waiting: state === 'current' ? waitingFor(each, confirmed) : [],
      due,
      late: due !== undefined && Temporal.PlainDate.compare(today, due) > 0,
    };
  });
}

/** Whether a party may confirm a step now: it is the current one, and theirs to confirm. */
export const mayConfirm = (standing: readonly StepStanding[], number: number, party: Party): boolean =>
  standing.some(({ step: each, waiting }) => each.number === number && waiting.includes(party));
