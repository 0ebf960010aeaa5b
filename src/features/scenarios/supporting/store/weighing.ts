import type { Id } from '../../../../core/id.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Criterion } from '../../rules/facts.ts';
import { added, type SupportRecords } from './support-records.ts';

/** What counts beside the price, and how much (guide 3.4.2). */
export function buildWeighing({ changeSupport }: SupportRecords) {
  return {
    addCriterion: (person: Person, id: string, criterion: Omit<Criterion, 'id'>, effect: Id): Promise<void> =>
      changeSupport(person, id, {
        act: 'scenarios.weigh',
        sentence: `Critère noté : ${criterion.name}.`,
        next: (support) => ({
          ...support,
          criteria: added(support.criteria, { id: effect, ...criterion }),
        }),
      }),

    dropCriterion: (person: Person, id: string, criterion: string): Promise<void> =>
      changeSupport(person, id, {
        sentence: 'Critère retiré.',
        next: (support) => ({
          ...support,
          criteria: support.criteria.filter((each) => each.id !== criterion),
        }),
      }),
  };
}
