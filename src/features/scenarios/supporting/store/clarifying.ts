import { brokerDate } from '../../../../core/business-days.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Clarification, Support } from '../../rules/facts.ts';
import { takenDue } from '../rules/taking-charge.ts';
import { added, changed, type DossierPorts, type SupportRecords } from './support-records.ts';

/** Questions put to suppliers, and what they answered (guide 3.3.2). */
export function buildClarifying({ clock, catalogue, days }: DossierPorts, { changeSupport }: SupportRecords) {
  const today = (): Temporal.PlainDate => brokerDate(clock.now());

  /** Nothing changes where the same answer is noted already. */
  const withAnswer = (support: Support, clarification: string, answer: string): Support =>
    support.clarifications.some((each) => each.id === clarification && each.answer === answer)
      ? support
      : {
          ...support,
          clarifications: changed(support.clarifications, clarification, {
            answer,
            answeredOn: today().toString(),
          }),
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

    noteAnswer: (person: Person, id: string, clarification: string, answer: string): Promise<void> =>
      changeSupport(person, id, {
        sentence: 'Réponse d’un fournisseur notée.',
        next: (support) => withAnswer(support, clarification, answer),
      }),
  };
}
