import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../../core/clock.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import type { Person } from '../../../core/turn.ts';
import { budgetFact, type Files, requestFact } from '../../acquisitions/index.ts';
import { budgetOf, markOfQuestion, requestOf, withAnswer } from '../rules/answers.ts';
import { type Needs, needsFact } from '../rules/facts.ts';
import { categoriesOf, QUESTIONS, type Question, questionNamed } from '../rules/questions.ts';
import { readAnswer } from '../rules/reading.ts';
import { needsFactsOf } from './file-needs.ts';

type Submitted = Readonly<Record<string, unknown>>;

interface AnsweringParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly files: Files;
}

export type Answering = ReturnType<typeof buildAnswering>;

/** The answers to the thirteen questions, and the request that they make (guide 3.1). */
export function buildAnswering({ db, clock, files }: AnsweringParts) {
  /** Keeps the request that the answers make, and what the file is about. */
  async function derive(tx: Tx, id: string): Promise<void> {
    const { needs } = await needsFactsOf(files, tx, id);
    await files.writeFact(tx, id, requestFact, requestOf(needs) ?? {});
    await files.writeFact(tx, id, budgetFact, budgetOf(needs));
    await files.concern(tx, id, 'categories', categoriesOf(needs.answers));
  }

  /** Within a transaction that holds the file. False when somebody gave another answer than those that were seen. */
  async function answerIn(
    tx: Tx,
    id: string,
    person: Person,
    question: Question,
    submitted: Submitted,
    isSeen: (needs: Needs, revision: number) => boolean,
  ): Promise<boolean> {
    const { needs, revision: current } = await needsFactsOf(files, tx, id);
    const answer = readAnswer(question, needs.answers, submitted, brokerDate(clock.now()));
    if (!isSeen(needs, current))
      return isDeepStrictEqual(answer, needs.answers[question.id]) && !needs.review.includes(question.id);
    if (!(await files.writeFact(tx, id, needsFact, withAnswer(needs, question.id, answer)))) return true;
    const sentence = `Réponse à la question ${QUESTIONS.indexOf(question) + 1}.`;
    await files.record(tx, id, person, sentence, { about: 'needs' });
    await derive(tx, id);
    return true;
  }

  return {
    answerIn,

    /**
     * False when somebody answered meanwhile: the form is to be seen again. `seen` is the mark of the question that the
     * form showed, or, of a form of before, the revision of all the answers.
     */
    answer: (
      person: Person,
      id: string,
      name: string,
      seen: string | number,
      submitted: Submitted,
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        const question = questionNamed(name);
        await files.lockOpen(tx, id, person);
        return answerIn(
          tx,
          id,
          person,
          question,
          submitted,
          (needs, current) => seen === (typeof seen === 'number' ? current : markOfQuestion(question, needs)),
        );
      }),
  };
}
