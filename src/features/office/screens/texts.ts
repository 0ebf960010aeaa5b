import { frenchDate } from '../../../core/clock.ts';
import { count } from '../../../core/text/text.ts';
import { dueText, pastText } from '../../../core/time/due.ts';
import type { PersonKey } from '../../people/index.ts';
import type { Filter } from '../rules/filter.ts';
import { type Item, isHeldBy } from '../rules/standing.ts';

export const WHOSE_NAMES: Readonly<Record<Filter['whose'], string>> = {
  all: 'Tout ce qui attend',
  mine: 'Ce que vous suivez',
  nobody: 'À personne',
  later: 'Remis à plus tard',
};
export const ORDER_NAMES: Readonly<Record<Filter['order'], string>> = {
  due: 'Par date',
  age: 'Le plus ancien d’abord',
};

/** In whose hands something is. */
export function holderText(item: Pick<Item, 'holder' | 'awayUntil'>, me?: PersonKey): string {
  const { holder, awayUntil } = item;
  if (!holder) return 'À personne';
  const mine = me && isHeldBy(item, me);
  const name = mine ? 'À vous' : `Suivi par ${holder.name}`;
  return awayUntil && !mine
    ? `${name}, de retour après le ${frenchDate(awayUntil)} : offert à l’équipe`
    : name;
}

/** By when, whose word that is, and whether the broker is late. */
export const dayText = ({ late, due, until }: Item): string =>
  until ? `Remis au ${frenchDate(until)}` : late ? pastText(due) : dueText(due);

/** « depuis 3 jours ouvrables ». */
export const stillText = (days: number): string =>
  days === 0 ? 'depuis aujourd’hui' : `depuis ${count(days, 'jour ouvrable', 'jours ouvrables')}`;
