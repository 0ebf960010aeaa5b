import { amountField } from '../../../core/cards/amount.ts';
import { markOf } from '../../../core/cards/showed.ts';
import { frenchMoney } from '../../../core/text/money.ts';
import { frenchDayOrMonth } from '../../../core/text/typed.ts';
import { Wanted } from '../../acquisitions/index.ts';
import { type Answer, type Answers, type Needs, stepsOf, textsOf, type Value } from './facts.ts';
import { categoriesOf, type Field, QUESTIONS, type Question } from './questions.ts';

/** A label without its example. */
export const shortLabel = ({ label }: Field): string =>
  label.replace(/, comme « .*$/, '').replace(/ \?$/, '');

/** The needs with one more answer: answered questions that stand on a changed one are to be seen again. */
export function withAnswer({ answers, review }: Needs, id: string, answer: Answer): Needs {
  const changed = JSON.stringify(answers[id]) !== JSON.stringify(answer);
  const touched = QUESTIONS.filter(
    ({ id: other, dependsOn }) => dependsOn?.includes(id) && answers[other],
  ).map((question) => question.id);
  const left = review.filter((other) => other !== id);
  return {
    answers: { ...answers, [id]: answer },
    review: changed && answers[id] ? [...new Set([...left, ...touched])] : left,
  };
}

/** The open question that follows another one, or the first that is open; undefined when all are answered. */
export function nextOpen(needs: Needs, after?: string): string | undefined {
  const { open } = progressOf(needs);
  const from = QUESTIONS.findIndex(({ id }) => id === after);
  return open.find((id) => QUESTIONS.findIndex((question) => question.id === id) > from) ?? open[0];
}

/** How many of the thirteen questions stand answered, and what is missing. */
export function progressOf({ answers, review }: Needs): {
  done: number;
  total: number;
  open: readonly string[];
} {
  const open = QUESTIONS.filter(({ id }) => !answers[id] || review.includes(id)).map(({ id }) => id);
  return { done: QUESTIONS.length - open.length, total: QUESTIONS.length, open };
}

/** The request for a price calculation that the answers make; undefined while one of its three questions is open. */
export function requestOf(needs: Needs): Wanted | undefined {
  const { answers } = needs;
  const { open } = progressOf(needs);
  if (['requirements', 'duration', 'quantities'].some((id) => open.includes(id))) return undefined;
  const wanted = answers.requirements ?? {};
  const quantities = answers.quantities ?? {};
  const request = Wanted.safeParse({
    durationMonths: answers.duration?.months,
    needs: categoriesOf(answers).map((category) => ({
      category,
      quantities: [
        { fromMonth: 1, units: quantities[`${category}.units`] },
        ...stepsOf(quantities[`${category}.steps`]),
      ],
    })),
    requirements: {
      ...(wanted.hosting ? { hosting: wanted.hosting } : {}),
      ...(wanted.availability ? { minAvailability: wanted.availability } : {}),
      ...(wanted.languages ? { trainingLanguages: wanted.languages } : {}),
      ...(wanted.features ? { features: wanted.features } : {}),
    },
  });
  return request.data;
}

/** An answer in words, a line a field. */
export function answerLines(question: Question, answers: Answers): string[] {
  const answer = answers[question.id];
  if (!answer) return [];
  return question.fields(answers).flatMap((field) => {
    const value = answer[field.id];
    return value === undefined ? [] : [`${shortLabel(field)} : ${inWords(field, value)}`];
  });
}

function inWords(field: Field, value: Value): string {
  if (field.kind === 'choice' || field.kind === 'choices') {
    const chosen = typeof value === 'object' ? textsOf(value) : [String(value)];
    return chosen.map((each) => field.choices.find(([id]) => id === each)?.[1] ?? each).join(', ');
  }
  if (field.kind === 'steps')
    return stepsOf(value)
      .map(({ fromMonth, units }) => `${units.toLocaleString('fr-CA')} au mois ${fromMonth}`)
      .join(', ');
  if (field.kind === 'money' && typeof value === 'number') return frenchMoney(Math.round(value * 100));
  if (field.kind === 'months' && typeof value === 'number') return `${value} mois`;
  if (field.kind === 'date') return frenchDayOrMonth(String(value));
  return typeof value === 'number' ? value.toLocaleString('fr-CA') : String(value);
}

/** What a field of the form shows when it is opened again. */
export function shownValue(field: Field, value: Value | undefined): string {
  if (value === undefined) return field.kind === 'choice' && field.choices[0]?.[0] === 'any' ? 'any' : '';
  if (field.kind === 'choice' || field.kind === 'choices' || field.kind === 'steps' || field.kind === 'text')
    return Array.isArray(value) ? value.join(',') : String(value);
  return field.kind === 'money' && typeof value === 'number'
    ? amountField(Math.round(value * 100))
    : inWords(field, value);
}

/** The budget that was given; nothing while it is not, or is to be looked at again. */
export function budgetOf({ answers, review }: Needs): { dollars?: number } {
  const dollars = answers.budget?.dollars;
  return typeof dollars === 'number' && !review.includes('budget') ? { dollars } : {};
}

/**
 * What tells whether a question is still as a form showed it: its own answer, and those on which it stands. What is
 * answered elsewhere meanwhile changes nothing of it.
 */
export const markOfQuestion = ({ id, dependsOn = [] }: Question, { answers }: Needs): string =>
  markOf([id, ...dependsOn].map((each) => answers[each] ?? null));

const KEPT = 'Ce que vous aviez écrit est resté : enregistrez-le de nouveau pour remplacer sa réponse.';

/** Said to whoever answers a question that somebody else answered meanwhile, with that answer. */
export function answeredMeanwhile(question: Question, { answers }: Needs): string {
  const now = answerLines(question, answers).join(' ; ');
  const changed = question.dependsOn
    ? 'Cette réponse, ou une autre dont elle dépend, a changé entre-temps.'
    : 'Quelqu’un a répondu entre-temps.';
  return `${changed} ${KEPT}${now && ` Réponse actuelle : ${now}`}`;
}
