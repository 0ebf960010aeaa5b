import { chosenOf } from '../../../core/cards/form.ts';
import { askedField, SURE, wrongField } from '../../../core/cards/refused.ts';
import { CourtierError } from '../../../core/errors.ts';
import { longestMonths } from '../../../core/guide/index.ts';
import { wholeOf } from '../../../core/text/digits.ts';
import { fold } from '../../../core/text/text.ts';
import { dayOrMonthOf, latestOf, moneyOf, monthsOf } from '../../../core/text/typed.ts';
import { isBefore } from '../../../core/time/days.ts';
import { shortLabel } from './answers.ts';
import type { Answer, Answers, Value } from './facts.ts';
import type { Field, Question } from './questions.ts';

const LONGEST = 2_000;

/**
 * The answer that a submitted form holds; what is none of its fields is left out. Throws one sentence, of a field; a
 * question, of what is unlikely, unless it is said to be meant.
 */
export function readAnswer(
  question: Question,
  answers: Answers,
  submitted: Readonly<Record<string, unknown>>,
  today: Temporal.PlainDate,
): Answer {
  const fields = question.fields(answers);
  if (fields.length === 0)
    throw new CourtierError('refused', 'Choisissez d’abord les catégories d’outils, à la question 5.');
  const months = answers.duration?.months;
  const longest = typeof months === 'number' ? months : longestMonths();
  const entries = fields.flatMap((field): [string, Value][] => {
    const value =
      field.kind === 'steps' ? readSteps(field, submitted, longest) : readField(field, submitted[field.id]);
    if (value === undefined && field.required)
      throw wrongField(field.id, `« ${shortLabel(field)} » : cette réponse manque.`);
    return value === undefined ? [] : [[field.id, value]];
  });
  const answer = Object.fromEntries(entries);
  const doubt = submitted[SURE] === 'yes' ? undefined : doubtOf(question.id, answer, today);
  if (doubt) throw askedField(...doubt);
  return answer;
}

function readField(field: Exclude<Field, { kind: 'steps' }>, raw: unknown): Value | undefined {
  const text = typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw.trim() : '';
  if (text === '') return undefined;
  const refuse = (what: string): never => {
    throw wrongField(field.id, `« ${shortLabel(field)} » : ${what}`);
  };
  if (text.length > LONGEST) refuse(`au plus ${LONGEST.toLocaleString('fr-CA')} caractères.`);
  switch (field.kind) {
    case 'text':
      return text;
    case 'number':
      return unitsOf(text, field) ?? refuse(rangeText(field));
    case 'months': {
      const months = monthsOf(text);
      return months !== undefined && months <= field.max
        ? months
        : refuse(`écrivez une durée de 1 à ${field.max} mois, comme « 24 mois » ou « 2 ans ».`);
    }
    case 'money': {
      const cents = moneyOf(text);
      return cents === undefined ? refuse('écrivez un montant, comme 150 000,50 $.') : cents / 100;
    }
    case 'date':
      return dateOf(text) ?? refuse('écrivez une date, comme « juin 2027 » ou « 15 juin 2027 ».');
    case 'choice':
      if (!field.choices.some(([value]) => value === text)) refuse('choisissez dans la liste.');
      return text === 'any' ? undefined : text;
    case 'choices': {
      const chosen = chosenOf(text);
      if (chosen.length === 0) return undefined;
      if (!chosen.every((each) => field.choices.some(([value]) => value === each)))
        refuse('choisissez dans la liste.');
      return field.choices.map(([value]) => value).filter((value) => chosen.includes(value));
    }
  }
}

/** A day or a month, in a year that somebody may mean. */
function dateOf(text: string): string | undefined {
  const when = dayOrMonthOf(text);
  return when && when >= '2000' && when < '2100' ? when : undefined;
}

interface Range {
  readonly min: number;
  readonly max: number;
}

const UNITS: Range = { min: 0, max: 10_000_000 };

function unitsOf(text: string, { min, max }: Range): number | undefined {
  const value = wholeOf(text);
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

const rangeText = ({ min, max }: Range): string =>
  `écrivez un nombre entier, de ${min} à ${max.toLocaleString('fr-CA')}.`;

/** The inputs of one change of a quantity. */
export const stepInputs = (field: string, at: number) =>
  ({ month: `${field}.${at}.month`, units: `${field}.${at}.units` }) as const;

const STEP = /\.([1-9]\d{0,2})\.(?:month|units)$/;

/** The lines of changes that were sent, in order: as many as there are, so that none is cut. */
function stepNumbers(field: string, submitted: Readonly<Record<string, unknown>>): number[] {
  const numbers = Object.keys(submitted)
    .filter((key) => key.startsWith(`${field}.`))
    .flatMap((key) => Number(STEP.exec(key)?.[1]) || []);
  return [...new Set(numbers)].sort((one, other) => one - other);
}

/** The changes of a quantity, a line each; what an older card sends, « 13:60, 25:80 », is read too. */
function readSteps(
  field: Field,
  submitted: Readonly<Record<string, unknown>>,
  longest: number,
): Value | undefined {
  const written = (id: string): string => String(submitted[id] ?? '').trim();
  const older = chosenOf(written(field.id).replaceAll(';', ',')).map((part) => {
    const [month = '', units = ''] = part.split(':');
    return { month, units, at: { month: field.id, units: field.id } };
  });
  const lines = stepNumbers(field.id, submitted).map((n) => {
    const at = stepInputs(field.id, n);
    return { month: written(at.month), units: written(at.units), at };
  });
  let before = 1;
  const steps = [...older, ...lines]
    .filter(({ month, units }) => month !== '' || units !== '')
    .map(({ month, units, at }) => {
      const fromMonth = unitsOf(month, { min: before + 1, max: longest });
      if (fromMonth === undefined)
        throw wrongField(at.month, `Les mois vont en montant, de 2 à ${longest} : vérifiez celui-ci.`);
      const read = unitsOf(units, UNITS);
      if (read === undefined) throw wrongField(at.units, `Unités : ${rangeText(UNITS)}`);
      before = fromMonth;
      return { fromMonth, units: read };
    });
  return steps.length > 0 ? steps : undefined;
}

const PERSONAL =
  /renseignements? (?:personnels?|sensibles?|confidentiels?)|donnees (?:personnelles?|sensibles?|confidentielles?)/;

/** What is unlikely in an answer: of which field, and what is asked. */
function doubtOf(
  question: string,
  answer: Answer,
  today: Temporal.PlainDate,
): readonly [field: string, sentence: string] | undefined {
  if (
    question === 'data' &&
    answer.confidentiality === 'public' &&
    PERSONAL.test(fold(String(answer.nature)))
  )
    return [
      'confidentiality',
      'Vous dites « données publiques », et la nature des données parle de renseignements personnels ou sensibles. Est-ce bien cela ?',
    ];
  if (question !== 'schedule') return undefined;
  const [signature, inUse] = [answer.signature, answer.inUse].map((when) =>
    typeof when === 'string' ? latestOf(when) : undefined,
  );
  if (signature && isBefore(signature, today))
    return ['signature', 'Cette date est passée. Est-ce bien la signature que vous souhaitez ?'];
  if (signature && inUse && isBefore(inUse, signature))
    return ['inUse', 'La mise en service viendrait avant la signature. Est-ce bien cela ?'];
  return undefined;
}
