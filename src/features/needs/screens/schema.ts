import { z } from 'zod';
import { revision } from '../../../core/cards/form.ts';
import { showed } from '../../../core/cards/showed.ts';
import { Id, idsTogether } from '../../../core/id.ts';
import { ChosenPerson } from '../../../core/people/chosen-person.ts';
import { KINDS, SAID } from '../../acquisitions/index.ts';
import { MOST_ASKED } from '../store/asked.ts';

const question = z.string().min(1).max(40);
/** A form's fields: the question itself says which they are and what they may hold. */
const fields = z.unknown();

export const File = z.object({ file: Id });
/** Nothing chosen, or a card of before the question was asked, says nothing. */
const said = z
  .enum([...SAID, ''])
  .optional()
  .transform((text) => text || undefined);

/** What comes once a form is saved: cards of before say nothing, and stay where they are. */
const then = z.literal('next').optional();

/** `seen`: the kind that the body had when the form was drawn; forms of before say nothing of it. */
export const Eligibility = z.object({
  file: Id,
  then,
  kind: z.enum(KINDS, { error: 'Choisissez le genre de votre organisation.' }),
  bound: said,
  condition: said,
  seen: z.string().max(80).optional(),
  ...showed,
});
export const OpenQuestion = z.object({ file: Id, question });
/** `showed` is what the question showed; forms of before it say only `revision`. */
export const Answer = z
  .object({ file: Id, question, revision: revision(0), showed: showed.showed.unwrap().optional(), then })
  .catchall(fields);
export const Ask = z.object({
  file: Id,
  question,
  colleague: ChosenPerson,
});
/** `asked`: from whom it is taken back, as the card showed it. */
export const TakingBack = OpenQuestion.extend({
  asked: idsTogether(MOST_ASKED),
});
export const AnswerFor = z.object({ delegation: Id, ...showed }).catchall(fields);
export const DelegationJob = z.object({ delegation: Id });
/** Whose document a link gives. */
export const Subject = z.object({ file: Id, tenantId: z.string(), objectId: z.string() });
