import { markOf } from '../../../../core/cards/showed.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Criterion } from '../../rules/facts.ts';
import { added, changed, type SupportRecords } from './support-records.ts';

type Weighed = Omit<Criterion, 'id'>;

/** What a form shows of a criterion. */
export const criterionMark = ({ name, weight, note }: Weighed): string => markOf([name, weight, note]);

const MEANWHILE =
  'Quelqu’un a changé ce critère entre-temps. Ce que vous aviez écrit est resté : enregistrez-le de nouveau pour remplacer le sien.';

/** What counts beside the price, and how much (guide 3.4.2). */
export function buildWeighing({ changeSupport }: SupportRecords) {
  return {
    addCriterion: (person: Person, id: string, criterion: Weighed, effect: Id): Promise<void> =>
      changeSupport(person, id, {
        act: 'scenarios.weigh',
        sentence: `Critère noté : ${criterion.name}.`,
        next: (support) => ({
          ...support,
          criteria: added(support.criteria, { id: effect, ...criterion }),
        }),
      }),

    /** Changes a criterion, from a form that showed what was noted then. */
    changeCriterion: (
      person: Person,
      id: string,
      criterion: string,
      wanted: Weighed,
      showed: string,
    ): Promise<void> =>
      changeSupport(person, id, {
        sentence: `Critère modifié : ${wanted.name}, poids ${wanted.weight}.`,
        next: (support) => {
          const now = support.criteria.find((each) => each.id === criterion);
          if (!now) throw notFound();
          const mark = criterionMark(now);
          if (mark === criterionMark(wanted)) return support;
          if (mark !== showed) throw new CourtierError('refused', MEANWHILE);
          return { ...support, criteria: changed(support.criteria, criterion, wanted) };
        },
      }),

    dropCriterion: (person: Person, id: string, criterion: string): Promise<void> =>
      changeSupport(person, id, {
        sentence: ({ criteria }) =>
          `Critère retiré : ${criteria.find((each) => each.id === criterion)?.name ?? ''}.`,
        next: (support) => ({
          ...support,
          criteria: support.criteria.filter((each) => each.id !== criterion),
        }),
      }),
  };
}
