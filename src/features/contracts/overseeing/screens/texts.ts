import { frenchDate } from '../../../../core/clock.ts';
import { count, fold, uncapital } from '../../../../core/text/text.ts';
import { quarterText } from '../../duties/rules/quarters.ts';
import type { Contract } from '../../tables.ts';
import { daysOf, type RegisterFilter } from '../rules/filter.ts';

export const stateNames = (exitMonths: number): Readonly<Record<RegisterFilter['state'], string>> => ({
  all: 'Tous les contrats',
  inForce: 'En vigueur',
  ending: `Finissent d’ici ${exitMonths} mois`,
  ended: 'Terminés',
  terminated: 'Résiliés',
});

export const ORDER_NAMES: Readonly<Record<RegisterFilter['order'], string>> = {
  end: 'Date de fin',
  newest: 'Signés récemment d’abord',
  amount: 'Montant, le plus élevé d’abord',
  body: 'Organisme',
  supplier: 'Fournisseur',
};

export const DATED_NAMES: Readonly<Record<RegisterFilter['dated'], string>> = {
  signed: 'Signés',
  ends: 'Qui finissent',
};

/** « 2026 », « 1er octobre au 31 décembre 2026 ». */
export const periodText = (period: string): string => {
  const days = daysOf(period);
  return !days || period.length === 4 ? period : quarterText(days);
};

/** « pendant la période du 1er octobre au 31 décembre 2026 », « en 2026 ». */
const during = (period: string): string =>
  period.length === 4 ? `en ${period}` : `du ${periodText(period)}`;

/** What a filter lets through, in words; empty where it narrows nothing. */
export function filterText(
  filter: RegisterFilter,
  { exitMonths, supplier, body }: { exitMonths: number; supplier: string; body: string },
): string {
  const { words, state, late, dated, period } = filter;
  return [
    state === 'all' ? '' : stateNames(exitMonths)[state],
    body,
    supplier,
    words === '' ? '' : `« ${words} »`,
    period === '' ? '' : `${DATED_NAMES[dated]} ${during(period)}`,
    late ? 'Avec une obligation en retard' : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** How a contract stands on a day, in a few words. */
export function standsText({ startsOn, endsOn, terminatedOn }: Contract, today: Temporal.PlainDate): string {
  const end = frenchDate(Temporal.PlainDate.from(endsOn));
  if (terminatedOn) return `${terminatedOn < today.toString() ? 'Résilié' : 'Résiliation'} le ${end}`;
  if (endsOn < today.toString()) return `Terminé le ${end}`;
  return startsOn > today.toString()
    ? `Du ${frenchDate(Temporal.PlainDate.from(startsOn))} au ${end}`
    : `Jusqu’au ${end}`;
}

/** « en retard de 3 jours ». */
export const daysLate = (dueOn: string, today: Temporal.PlainDate): string =>
  `en retard de ${count(Temporal.PlainDate.from(dueOn).until(today, { largestUnit: 'day' }).days, 'jour')}`;

/** A name of a file, of words: « registre-contrats-en-vigueur ». */
export const fileWord = (text: string): string =>
  fold(uncapital(text))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
