import { askedField, wrongField } from '../../../../core/cards/refused.ts';
import { markOf } from '../../../../core/cards/showed.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import { personKeyOf } from '../../../../core/people/person-key.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import { count, ofName } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import { supportFact, type Trial } from '../../rules/facts.ts';
import {
  APART_DAYS,
  fits,
  isUnsettled,
  type Limits,
  leftBeside,
  limitsOf,
  sameTrial,
  whoseLimit,
} from '../rules/trial-limits.ts';
import { added, changed, type DossierPorts, noted, type SupportRecords } from './support-records.ts';

/** A trial as its form says it. */
export interface PlannedTrial {
  readonly offer: string;
  readonly units: number;
  readonly start: string;
  readonly days: number;
  readonly withoutPersonalData: boolean;
  /** A beginning that is past was asked about, and is meant. */
  readonly sure?: 'yes' | undefined;
}

/** When a trial takes place, as its form says it. */
export type TrialDates = Pick<PlannedTrial, 'start' | 'days' | 'sure'>;

const MEANWHILE =
  'Quelqu’un a changé ces dates entre-temps. Celles que vous avez écrites sont restées : enregistrez-les de nouveau pour remplacer les siennes.';
const SETTLED = 'Le résultat de ce banc d’essai est noté : il ne se change plus et ne s’annule plus.';

/** The day on which a trial ends. */
const endOf = ({ start, days }: TrialDates): string =>
  Temporal.PlainDate.from(start)
    .add({ days: days - 1 })
    .toString();

/** What a form shows of when a trial takes place. */
export const datesMark = ({ start, end }: Pick<Trial, 'start' | 'end'>): string => markOf([start, end]);

function mustBeWithoutPersonalData({ withoutPersonalData }: PlannedTrial): void {
  if (!withoutPersonalData)
    throw wrongField(
      'withoutPersonalData',
      'Un banc d’essai se fait sans renseignements personnels : aucun contrat ne les protège encore (guide, section 3.3.2).',
    );
}

/** What a trial may not be, whatever else the body tries. One that was already carried out is noted once it is meant. */
function mustBeAllowed(
  trial: TrialDates & Pick<PlannedTrial, 'units'>,
  name: string,
  limits: Limits,
  today: Temporal.PlainDate,
): void {
  if (trial.units > limits.units || trial.days > limits.days)
    throw wrongField(
      trial.units > limits.units ? 'units' : 'days',
      `Un banc d’essai de « ${name} » compte au plus ${count(limits.units, 'unité')} et ${count(limits.days, 'jour')}.`,
    );
  if (trial.sure !== 'yes' && Temporal.PlainDate.compare(trial.start, today) < 0)
    throw askedField(
      'start',
      'Cette date est passée. Si l’essai a déjà commencé, ou s’il a déjà eu lieu, pressez de nouveau.',
    );
}

/** What of an offer is the same trial, over all the files of one body, stays within the limits. */
function mustFitBeside(before: readonly Trial[], planned: Trial, name: string, limits: Limits): void {
  const [fit, left] = [fits(before, planned, limits), leftBeside(before, planned, limits)];
  if (!fit.units)
    throw wrongField(
      'units',
      `Votre organisation essaie déjà « ${name} » ces jours-là : il reste ${count(Math.max(0, left.units), 'unité')}. ${whoseLimit('units', limits)} ; l’assistant additionne les essais qui ont lieu en même temps.`,
    );
  if (!fit.days)
    throw wrongField(
      'days',
      `Avec les autres essais de « ${name} » dans ce dossier, ou à moins de ${APART_DAYS} jours de celui-ci, il reste ${count(Math.max(0, left.days), 'jour')}. ${whoseLimit('days', limits)} ; l’assistant additionne ces essais.`,
    );
}

/** Trials of offers before a choice (guide 3.3.2). */
export function buildTrying(ports: DossierPorts, { changeSupport, supportOf }: SupportRecords) {
  const { clock, files, belonging, catalogue } = ports;

  /** Refuses what goes beyond the limits of an offer for one body, whoever plans at the same time. */
  async function mustFit(
    tx: Tx,
    person: Person,
    id: string,
    planned: Trial,
    name: string,
    limits: Limits,
  ): Promise<void> {
    const body = (await belonging.bodyOf(person, tx))?.id;
    await serialize(tx, 'scenarios.trial', body ?? personKeyOf(person), planned.offer);
    const before = (await files.factsOfBody(tx, supportFact, body, person))
      .flatMap(({ trials }) => trials)
      .filter(({ id, offer }) => offer === planned.offer && id !== planned.id);
    const own = (await files.readFact(tx, id, supportFact)).value?.trials ?? [];
    const same = sameTrial(before, planned, (each) => own.some((one) => one.id === each.id));
    mustFitBeside(same, planned, name, limits);
  }

  return {
    /** Plans a trial. Refused beyond the guide's maxima or the offer's own, and with personal information. */
    async planTrial(person: Person, id: string, trial: PlannedTrial, effect: Id): Promise<void> {
      const listed = (await catalogue.current()).offer(trial.offer);
      if (listed?.offer.status !== 'qualified')
        throw wrongField('offer', 'Choisissez une offre qualifiée du catalogue.');
      const { offer } = listed;
      const limits = limitsOf(offer.trial);
      const today = brokerDate(clock.now());
      mustBeWithoutPersonalData(trial);
      mustBeAllowed(trial, offer.name, limits, today);
      const { units, start } = trial;
      const end = endOf(trial);
      const planned = { id: effect, offer: offer.id, askedOn: today.toString(), units, start, end };
      await changeSupport(person, id, {
        act: 'scenarios.planTrial',
        sentence: `Banc d’essai ${ofName(offer.name)}, du ${frenchDay(start)} au ${frenchDay(end)}.`,
        check: (tx) => mustFit(tx, person, id, planned, offer.name, limits),
        next: (support) => ({ ...support, trials: added(support.trials, planned) }),
      });
    },

    /** Notes a result, or corrects it, from a form that showed what was noted then. */
    concludeTrial: (
      person: Person,
      id: string,
      trial: string,
      result: string,
      showed: string,
    ): Promise<void> =>
      changeSupport(person, id, {
        sentence: ({ trials }) =>
          trials.find((each) => each.id === trial)?.result === undefined
            ? 'Résultat d’un banc d’essai noté.'
            : 'Résultat d’un banc d’essai corrigé.',
        next: (support) => ({
          ...support,
          trials: noted(support.trials, trial, 'result', { text: result, showed }),
        }),
      }),

    /** Changes when a trial takes place, from a form that showed when it did; within the same limits. */
    async moveTrial(
      person: Person,
      id: string,
      trial: string,
      { showed, ...dates }: TrialDates & { readonly showed: string },
    ): Promise<void> {
      const found = (await supportOf(id, person)).trials.find((each) => each.id === trial);
      if (!found) throw notFound();
      const offer = (await catalogue.current()).offer(found.offer)?.offer;
      const name = offer?.name ?? found.offer;
      const limits = limitsOf(offer?.trial);
      const { start } = dates;
      const end = endOf(dates);
      await changeSupport(person, id, {
        sentence: `Dates d’un banc d’essai changées : ${name}, du ${frenchDay(start)} au ${frenchDay(end)}.`,
        check: (tx) => mustFit(tx, person, id, { ...found, start, end }, name, limits),
        next: (support) => {
          const now = support.trials.find((each) => each.id === trial);
          if (!now) throw notFound();
          if (now.start === start && now.end === end) return support;
          if (!isUnsettled(now)) throw new CourtierError('refused', SETTLED);
          if (datesMark(now) !== showed) throw new CourtierError('refused', MEANWHILE);
          mustBeAllowed({ ...dates, units: now.units }, name, limits, brokerDate(clock.now()));
          return { ...support, trials: changed(support.trials, trial, { start, end }) };
        },
      });
    },

    /** Withdraws a trial that is not to take place, or did not; what it took of the limits is free again. */
    dropTrial: (person: Person, id: string, trial: string): Promise<void> =>
      changeSupport(person, id, {
        sentence: 'Banc d’essai annulé.',
        next: (support) => {
          const dropped = support.trials.find((each) => each.id === trial);
          if (dropped && !isUnsettled(dropped)) throw new CourtierError('refused', SETTLED);
          return { ...support, trials: support.trials.filter((each) => each !== dropped) };
        },
      }),
  };
}
