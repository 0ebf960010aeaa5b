import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import { shorten } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Clarification, Support } from '../../rules/facts.ts';
import { takenDue } from '../rules/taking-charge.ts';
import { added, type DossierPorts, noted, type SupportRecords } from './support-records.ts';

/** Characters of a question in the journal of its file. */
const QUESTION = 80;

/** Questions put to suppliers, and what they answered (guide 3.3.2). */
export function buildClarifying({ clock, catalogue, days }: DossierPorts, { changeSupport }: SupportRecords) {
  const today = (): Temporal.PlainDate => brokerDate(clock.now());

  /** A correction keeps the day of the answer. */
  const withAnswer = (support: Support, id: string, text: string, showed: string): Support => {
    const { answeredOn = today().toString() } = support.clarifications.find((each) => each.id === id) ?? {};
    const rest = { answeredOn };
    const clarifications = noted(support.clarifications, id, 'answer', { text, showed, rest });
    return { ...support, clarifications };
  };

  return {
    /** Logs a question to a supplier, who takes it in charge within some business days. */
    async askSupplier(
      person: Person,
      id: string,
      supplier: string,
      question: string,
      effect: Id,
    ): Promise<void> {
      const fiche = (await catalogue.current()).supplier(supplier);
      if (!fiche) throw new CourtierError('refused', 'Choisissez un fournisseur du catalogue.');
      const clarification: Clarification = {
        id: effect,
        supplier,
        question,
        askedOn: today().toString(),
        dueOn: takenDue(today().toString(), days).on.toString(),
      };
      await changeSupport(person, id, {
        act: 'scenarios.clarify',
        sentence: `Question de précision à ${fiche.supplier.name}.`,
        next: (support) => ({ ...support, clarifications: added(support.clarifications, clarification) }),
      });
    },

    /** Withdraws a question that no supplier answered. */
    dropClarification: (person: Person, id: string, clarification: string): Promise<void> =>
      changeSupport(person, id, {
        sentence: ({ clarifications }) =>
          `Question retirée : « ${shorten(clarifications.find((each) => each.id === clarification)?.question ?? '', QUESTION)} ».`,
        next: (support) => {
          const dropped = support.clarifications.find((each) => each.id === clarification);
          if (dropped?.answer !== undefined)
            throw new CourtierError(
              'refused',
              'La réponse à cette question est notée : elle ne se retire plus.',
            );
          return { ...support, clarifications: support.clarifications.filter((each) => each !== dropped) };
        },
      }),

    /** Notes an answer, or corrects it, from a form that showed what was noted then. */
    noteAnswer: (
      person: Person,
      id: string,
      clarification: string,
      answer: string,
      showed: string,
    ): Promise<void> =>
      changeSupport(person, id, {
        sentence: ({ clarifications }) =>
          clarifications.find((each) => each.id === clarification)?.answer === undefined
            ? 'Réponse d’un fournisseur notée.'
            : 'Réponse d’un fournisseur corrigée.',
        next: (support) => withAnswer(support, clarification, answer, showed),
      }),
  };
}
