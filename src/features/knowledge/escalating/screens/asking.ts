import { draws } from '../../../../core/cards/redraw.ts';
import { notFound } from '../../../../core/errors.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import type { KnowledgeServices } from '../../answering/screens/actions.ts';
import { AskPerson, Escalation, Message } from '../../screens/schema.ts';
import { askPersonCard, askPersonForm } from './form.ts';
import { requestCardOf } from './requests.ts';

/** The form to a person, filled with the question or with the words of a next step. */
export const askPerson = action(
  'knowledge.askPerson',
  AskPerson,
  draws(async (turn, input, { knowledge }: KnowledgeServices) => {
    const question = await knowledge.questions.findQuestion(input.question, turn);
    if (!question) throw notFound();
    const step =
      input.step === undefined ? undefined : knowledge.base.entry(question.entryId ?? '')?.next[input.step];
    const message = step && 'escalate' in step ? step.escalate : question.text;
    return askPersonForm(turn, question, message, knowledge);
  }),
);

/** The form of a request that ended, with the same words. */
export const askAgain = action(
  'knowledge.askAgain',
  Escalation,
  draws(async (turn, { escalation }, { knowledge }: KnowledgeServices) => {
    const { text, asked } = await knowledge.escalations.getRequest(turn, escalation);
    const form = await knowledge.form.fill(turn, { about: { again: escalation }, message: text, asked });
    return askPersonCard(form, knowledge.base.contact('courtier'), turn.conversation.kind === 'personal');
  }),
);

const FILE_GONE = "Votre question est transmise ; votre dossier n'est plus à vous, et n'a pas été joint.";

export const escalate = creating(
  'knowledge.escalate',
  {
    noun: ['question transmise', 'questions transmises'],
    person: 10,
    body: 150,
    tenant: 3_000,
    why: 'Each is read and answered by a person; three hundred bodies that send ten each stay within.',
    told: { apart: 5, command: 'questions' },
  },
  Message,
  async (turn, input, services: KnowledgeServices) => {
    const { escalations, form, questions } = services.knowledge;
    const along = await form.alongWith(turn, input, questions.findQuestion);
    const { id } = await escalations.openEscalation(turn, input.message, along);
    const lost = input.withFile && input.file !== undefined && !along.fileId;
    const request = await escalations.madeRequest(turn.person, id);
    turn.update(await requestCardOf(turn, request, services, lost ? FILE_GONE : ''));
  },
);
