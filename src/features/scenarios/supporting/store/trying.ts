import { brokerDate } from '../../../../core/business-days.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { wrongField } from '../../../../core/refused.ts';
import { serialize } from '../../../../core/serialize.ts';
import { count, ofName } from '../../../../core/text.ts';
import type { Person } from '../../../../core/turn.ts';
import { supportFact, type Trial } from '../../rules/facts.ts';
import { fits, isCancellable, type Limits, leftBeside, limitsOf, whoseLimit } from '../rules/trial-limits.ts';
import { added, type DossierPorts, noted, type SupportRecords } from './support-records.ts';

/** A trial as its form says it. */
export interface PlannedTrial {
  readonly offer: string;
  readonly units: number;
  readonly start: string;
  readonly days: number;
  readonly withoutPersonalData: boolean;
}

/** What a trial may not be, whatever else the body tries. */
function mustBeAllowed(trial: PlannedTrial, name: string, limits: Limits, today: Temporal.PlainDate): void {
  if (!trial.withoutPersonalData)
    throw wrongField(
      'withoutPersonalData',
      'Un banc d’essai se fait sans renseignements personnels : aucun contrat ne les protège encore (guide, section 3.3.2).',
    );
  if (trial.units > limits.units || trial.days > limits.days)
    throw wrongField(
      trial.units > limits.units ? 'units' : 'days',
      `Un banc d’essai de « ${name} » compte au plus ${count(limits.units, 'unité')} et ${count(limits.days, 'jour')}.`,
    );
  if (Temporal.PlainDate.compare(trial.start, today) < 0)
    throw wrongField('start', 'Le banc d’essai commence aujourd’hui ou plus tard.');
}

/** What of an offer one body tries over all its files stays within the limits. */
function mustFitBeside(before: readonly Trial[], planned: Trial, name: string, limits: Limits): void {
  const [fit, left] = [fits(before, planned, limits), leftBeside(before, planned, limits)];
  if (!fit.units)
    throw wrongField(
      'units',
      `Votre organisation essaie déjà « ${name} » ces jours-là : il reste ${count(Math.max(0, left.units), 'unité')} sur ${limits.units} à la fois (${whoseLimit('units', limits)}).`,
    );
  if (!fit.days)
    throw wrongField(
      'days',
      `Votre organisation a déjà essayé « ${name} », ou va le faire : il reste ${count(Math.max(0, left.days), 'jour')} sur ${limits.days} en tout (${whoseLimit('days', limits)}).`,
    );
}

/** Trials of offers before a choice (guide 3.3.2). */
export function buildTrying(ports: DossierPorts, { changeSupport }: SupportRecords) {
  const { clock, files, belonging, catalogue } = ports;

  /** Refuses what goes beyond the limits of an offer for one body, whoever plans at the same time. */
  async function mustFit(
    tx: Tx,
    person: Person,
    planned: Trial,
    name: string,
    limits: Limits,
  ): Promise<void> {
    const body = (await belonging.bodyOf(person, tx))?.id;
    await serialize(tx, 'scenarios.trial', body ?? `${person.tenantId}/${person.objectId}`, planned.offer);
    const before = (await files.factsOfBody(tx, supportFact, body, person))
      .flatMap(({ trials }) => trials)
      .filter(({ id, offer }) => offer === planned.offer && id !== planned.id);
    mustFitBeside(before, planned, name, limits);
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
      mustBeAllowed(trial, offer.name, limits, today);
      const { units, start } = trial;
      const end = Temporal.PlainDate.from(start)
        .add({ days: trial.days - 1 })
        .toString();
      const planned = { id: effect, offer: offer.id, askedOn: today.toString(), units, start, end };
      await changeSupport(person, id, {
        act: 'scenarios.planTrial',
        sentence: `Banc d’essai ${ofName(offer.name)}, du ${frenchDay(start)} au ${frenchDay(end)}.`,
        check: (tx) => mustFit(tx, person, planned, offer.name, limits),
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

    /** Cancels a trial that has not begun; what it took of the limits is free again. */
    dropTrial: (person: Person, id: string, trial: string): Promise<void> =>
      changeSupport(person, id, {
        sentence: 'Banc d’essai annulé.',
        next: (support) => {
          const dropped = support.trials.find((each) => each.id === trial);
          if (dropped && !isCancellable(dropped, brokerDate(clock.now()).toString()))
            throw new CourtierError('refused', 'Ce banc d’essai a commencé : il ne s’annule plus.');
          return { ...support, trials: support.trials.filter((each) => each !== dropped) };
        },
      }),
  };
}
