import { latinDigits, wholeOf } from '../../../core/digits.ts';
import { CourtierError } from '../../../core/errors.ts';
import { chosenOf, day } from '../../../core/form.ts';
import { longestMonths } from '../../../core/guide/index.ts';
import { Wanted } from '../../acquisitions/index.ts';
import { type Answer, type Answers, type Needs, stepsOf, textsOf, type Value } from './facts.ts';
import { categoriesOf, type Field, QUESTIONS, type Question } from './questions.ts';

const LONGEST = 2_000;
const refuse = (sentence: string): never => {
  throw new CourtierError('invalid', sentence);
};

/** The answer that a submitted form holds; what is none of its fields is left out. Throws one sentence that names the field. */
export function readAnswer(
  question: Question,
  answers: Answers,
  submitted: Readonly<Record<string, unknown>>,
): Answer {
  const fields = question.fields(answers);
  if (fields.length === 0) refuse('Choisissez d’abord les catégories d’outils, à la question 5.');
  const months = answers.duration?.months;
  const entries = fields.flatMap((field): [string, Value][] => {
    const value = readField(
      field,
      submitted[field.id],
      typeof months === 'number' ? months : longestMonths(),
    );
    if (value === undefined && field.required) refuse(`« ${field.label} » : cette réponse manque.`);
    return value === undefined ? [] : [[field.id, value]];
  });
  return Object.fromEntries(entries);
}

function readField(field: Field, raw: unknown, months: number): Value | undefined {
  const text = typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw.trim() : '';
  if (text === '') return undefined;
  if (text.length > LONGEST)
    refuse(`« ${field.label} » : au plus ${LONGEST.toLocaleString('fr-CA')} caractères.`);
  switch (field.kind) {
    case 'text':
      return text;
    case 'number': {
      const value = wholeOf(text);
      if (value === undefined || value < field.min || value > field.max)
        return refuse(
          `« ${field.label} » : écrivez un nombre entier, de ${field.min} à ${field.max.toLocaleString('fr-CA')}.`,
        );
      return value;
    }
    case 'date': {
      const read = day(`« ${field.label} » : choisissez une date.`).safeParse(text);
      return read.success ? read.data : refuse(read.error.issues[0]?.message ?? '');
    }
    case 'choice':
      if (!field.choices.some(([value]) => value === text))
        refuse(`« ${field.label} » : choisissez dans la liste.`);
      return text === 'any' ? undefined : text;
    case 'choices': {
      const chosen = chosenOf(text);
      if (chosen.length === 0) return undefined;
      if (!chosen.every((each) => field.choices.some(([value]) => value === each)))
        refuse(`« ${field.label} » : choisissez dans la liste.`);
      return field.choices.map(([value]) => value).filter((value) => chosen.includes(value));
    }
    case 'steps':
      return readSteps(field, text, months);
  }
}

function readSteps(field: Field, text: string, months: number) {
  let before = 1;
  return chosenOf(latinDigits(text).replaceAll(';', ',')).map((part) => {
    const found = /^(\d{1,2})\s*:\s*(\d{1,8})$/.exec(part);
    if (!found) return refuse(`« ${field.label} » : écrivez le mois et les unités, comme « 13:60, 25:80 ».`);
    const [fromMonth, units] = [Number(found[1]), Number(found[2])];
    if (fromMonth <= before || fromMonth > months)
      refuse(`« ${field.label} » : les mois vont en montant, de 2 à ${months}.`);
    if (units > 10_000_000) refuse(`« ${field.label} » : au plus 10 000 000 d’unités.`);
    before = fromMonth;
    return { fromMonth, units };
  });
}

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
    return value === undefined ? [] : [`${field.label.replace(/ \?$/, '')} : ${inWords(field, value)}`];
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
  return typeof value === 'number' ? value.toLocaleString('fr-CA') : String(value);
}

/** What a field of the form shows when it is opened again. */
export function shownValue(field: Field, value: Value | undefined): string {
  if (value === undefined) return field.kind === 'choice' && field.choices[0]?.[0] === 'any' ? 'any' : '';
  if (field.kind === 'steps')
    return stepsOf(value)
      .map(({ fromMonth, units }) => `${fromMonth}:${units}`)
      .join(', ');
  return Array.isArray(value) ? value.join(',') : String(value);
}
