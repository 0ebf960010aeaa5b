import { isDeepStrictEqual } from 'node:util';
import { type BusinessDays, brokerDate } from '../../../core/business-days.ts';
import type { Clock } from '../../../core/clock.ts';
import type { DecentHours } from '../../../core/decent-hours.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import type { Id } from '../../../core/id.ts';
import type { Db, Deliveries, Recipient, Tx } from '../../../core/ports.ts';
import { serialize } from '../../../core/serialize.ts';
import { count } from '../../../core/text.ts';
import type { Person } from '../../../core/turn.ts';
import type { Files } from '../../acquisitions/index.ts';
import type { CatalogueService } from '../../catalogue/index.ts';
import type { Belonging, PersonKey } from '../../people/index.ts';
import { type Clarification, type Criterion, type Support, supportFact, type Trial } from '../rules/facts.ts';
import { takenDue } from './rules/taking-charge.ts';
import { fits, type Limits, leftBeside, limitsOf, whoseLimit } from './rules/trial-limits.ts';

const NOTHING: Support = { clarifications: [], trials: [], criteria: [] };
const MOST = 50;

export interface DossierPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly files: Files;
  readonly belonging: Belonging;
  readonly catalogue: CatalogueService;
  readonly days: BusinessDays;
  readonly deliveries: Deliveries;
  readonly hours: DecentHours;
}

const personal = ({ tenantId, objectId }: PersonKey): Recipient => ({ kind: 'person', tenantId, objectId });

/** Keeps what supports a choice in the acquisition file (guide 3.3.2, 3.4.2 and 4.12). */
export function buildDossier(ports: DossierPorts) {
  const { db, clock, files, belonging, catalogue, days, deliveries, hours } = ports;
  const today = (): Temporal.PlainDate => brokerDate(clock.now());

  /** Changes the support, whoever else writes at the same time; nothing happens where it says so already. */
  const change = (
    person: Person,
    id: string,
    sentence: string,
    next: (support: Support) => Support,
    then: (tx: Tx) => Promise<unknown> = async () => {},
    first: (tx: Tx) => Promise<unknown> = async () => {},
  ): Promise<void> =>
    db.transaction(async (tx) => {
      await files.lockOpen(tx, id, person);
      await first(tx);
      const { value: before = NOTHING } = await files.readFact(tx, id, supportFact);
      const support = next(before);
      if (isDeepStrictEqual(support, before)) return;
      await files.writeFact(tx, id, supportFact, support);
      await files.record(tx, id, person, sentence);
      await then(tx);
    });

  const added = <T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] => {
    if (items.some(({ id }) => id === item.id)) return items;
    if (items.length >= MOST) throw new CourtierError('refused', `Un dossier en garde au plus ${MOST}.`);
    return [...items, item];
  };

  const changed = <T extends { readonly id: string }>(
    items: readonly T[],
    id: string,
    change: Partial<T>,
  ): readonly T[] => {
    if (!items.some((item) => item.id === id)) throw notFound();
    return items.map((item) => (item.id === id ? { ...item, ...change } : item));
  };

  /** Refuses what goes beyond the limits of an offer for one body, over all its files, whoever plans at the same time. */
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
    const [fit, left] = [fits(before, planned, limits), leftBeside(before, planned, limits)];
    if (!fit.units)
      throw new CourtierError(
        'refused',
        `Votre organisation essaie déjà « ${name} » ces jours-là : il reste ${count(Math.max(0, left.units), 'unité')} sur ${limits.units} à la fois (${whoseLimit('units', limits)}).`,
      );
    if (!fit.days)
      throw new CourtierError(
        'refused',
        `Votre organisation a déjà essayé « ${name} », ou va le faire : il reste ${count(Math.max(0, left.days), 'jour')} sur ${limits.days} en tout (${whoseLimit('days', limits)}).`,
      );
  }

  return {
    async of(id: string, person: PersonKey): Promise<Support> {
      await files.find(id, person);
      return (await files.readFact(db, id, supportFact)).value ?? NOTHING;
    },

    /** Logs a question to a supplier, who takes it in charge within some business days. */
    async ask(person: Person, id: string, supplier: string, question: string, effect: Id): Promise<void> {
      const fiche = (await catalogue.current()).supplier(supplier);
      if (!fiche) throw new CourtierError('refused', 'Choisissez un fournisseur du catalogue.');
      const clarification: Clarification = {
        id: effect,
        supplier,
        question,
        askedOn: today().toString(),
        dueOn: takenDue(today().toString(), days).on.toString(),
      };
      await change(
        person,
        id,
        `Question de précision à ${fiche.supplier.name}.`,
        (support) => ({ ...support, clarifications: added(support.clarifications, clarification) }),
        (tx) =>
          deliveries.address(
            tx,
            {
              kind: 'scenarios.answerLate',
              key: `clarification:${clarification.id}`,
              about: `clarification:${clarification.id}`,
              subject: { file: id, clarification: clarification.id },
              at: hours.opening(Temporal.PlainDate.from(clarification.dueOn).add({ days: 1 })),
            },
            [personal(person)],
          ),
      );
    },

    answer: (person: Person, id: string, clarification: string, answer: string): Promise<void> =>
      change(
        person,
        id,
        'Réponse d’un fournisseur notée.',
        (support) =>
          support.clarifications.some((each) => each.id === clarification && each.answer === answer)
            ? support
            : {
                ...support,
                clarifications: changed(support.clarifications, clarification, {
                  answer,
                  answeredOn: today().toString(),
                }),
              },
        (tx) => deliveries.cancel(tx, `clarification:${clarification}`),
      ),

    /** Plans a trial. Refused beyond the guide's maxima or the offer's own, and with personal information. */
    async plan(
      person: Person,
      id: string,
      trial: { offer: string; units: number; start: string; days: number; withoutPersonalData: boolean },
      effect: Id,
    ): Promise<void> {
      const listed = (await catalogue.current()).offer(trial.offer);
      if (listed?.offer.status !== 'qualified')
        throw new CourtierError('refused', 'Choisissez une offre qualifiée du catalogue.');
      if (!trial.withoutPersonalData)
        throw new CourtierError(
          'refused',
          'Un banc d’essai se fait sans renseignements personnels : aucun contrat ne les protège encore (guide, section 3.3.2).',
        );
      const { offer } = listed;
      const limits = limitsOf(offer.trial);
      if (trial.units > limits.units || trial.days > limits.days)
        throw new CourtierError(
          'refused',
          `Un banc d’essai de « ${offer.name} » compte au plus ${limits.units} unités et ${limits.days} jours.`,
        );
      const start = Temporal.PlainDate.from(trial.start);
      if (Temporal.PlainDate.compare(start, today()) < 0)
        throw new CourtierError('refused', 'Le banc d’essai commence aujourd’hui ou plus tard.');
      const end = start.add({ days: trial.days - 1 }).toString();
      const askedOn = today().toString();
      const planned = { id: effect, offer: offer.id, askedOn, units: trial.units, start: trial.start, end };
      const last = Temporal.PlainDate.from(end);
      await change(
        person,
        id,
        `Banc d’essai de ${offer.name}, du ${trial.start} au ${end}.`,
        (support) => ({ ...support, trials: added(support.trials, planned) }),
        async (tx) => {
          const unheard = takenDue(askedOn, days).on.add({ days: 1 });
          for (const [moment, day] of [
            // Once it has begun, the supplier has taken it in charge.
            ...(Temporal.PlainDate.compare(unheard, start) < 0 ? ([['asked', unheard]] as const) : []),
            ['ends', days.add(last, -2)],
            ['ended', last.add({ days: 1 })],
          ] as const) {
            const at = hours.opening(day);
            if (at.epochMilliseconds <= clock.now().epochMilliseconds) continue;
            await deliveries.address(
              tx,
              {
                kind: moment === 'asked' ? 'scenarios.trialAsked' : 'scenarios.trialEnds',
                key: `trial:${planned.id}:${moment}`,
                about: `trial:${planned.id}`,
                subject: { file: id, trial: planned.id },
                at,
              },
              [personal(person)],
            );
          }
        },
        (tx) => mustFit(tx, person, planned, offer.name, limits),
      );
    },

    conclude: (person: Person, id: string, trial: string, result: string): Promise<void> =>
      change(
        person,
        id,
        'Résultat d’un banc d’essai noté.',
        (support) => ({ ...support, trials: changed(support.trials, trial, { result }) }),
        (tx) => deliveries.cancel(tx, `trial:${trial}`),
      ),

    weigh: (person: Person, id: string, criterion: Omit<Criterion, 'id'>, effect: Id): Promise<void> =>
      change(person, id, `Critère noté : ${criterion.name}.`, (support) => ({
        ...support,
        criteria: added(support.criteria, { id: effect, ...criterion }),
      })),

    drop: (person: Person, id: string, criterion: string): Promise<void> =>
      change(person, id, 'Critère retiré.', (support) => ({
        ...support,
        criteria: support.criteria.filter((each) => each.id !== criterion),
      })),
  };
}

export type Dossier = ReturnType<typeof buildDossier>;
