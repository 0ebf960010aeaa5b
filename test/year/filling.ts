import type { Json } from '../support/read-card.ts';
import { CODES } from './cast.ts';
import type { Shown } from './chats.ts';
import type { Random } from './random.ts';

/** What somebody who fills in a form knows. */
export interface Writer {
  readonly today: Temporal.PlainDate;
  /** A word that is of their body alone. */
  readonly code: string;
  readonly body: string;
  /** What their body is (guide 2.4), and whether article 48 binds it. */
  readonly kind: string;
  readonly bound: 'yes' | 'no';
}

/** `careful`: as the form wants it; `slips`: with something that it does not want; `anyhow`: as people do. */
export type Care = 'careful' | 'slips' | 'anyhow';

const WRONG = ['', '   ', 'je ne sais pas', '-3', '31 juin', '12,345.67', '🙂', 'x'.repeat(1_500), '0'];
/** Of a hundred forms, how many have a slip, and how many are left half empty. */
const SLIP = 6;
const HALF = 5;

/** What somebody sends with a card's inputs: mostly sensible by their types, at times with a slip or half empty. */
export function filled(
  card: Shown,
  writer: Writer,
  random: Random,
  care: Care = 'anyhow',
): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const input of card.inputs) sent[String(input.id)] = sensible(input, writer, random, care);
  for (const [template, known] of KNOWN)
    if (card.template === template && care !== 'anyhow')
      for (const [id, say] of Object.entries(known)) if (id in sent) sent[id] = say(writer, random);
  // Of the bodies that there are, people choose their own.
  if (card.template.startsWith('people/organization')) sent.known = ownBody(card, writer);
  const ids = Object.keys(sent);
  if (care === 'careful' || ids.length === 0) return sent;
  if (care === 'slips' || random.chance(SLIP)) sent[random.pick(ids)] = random.pick(WRONG);
  if (care === 'anyhow' && random.chance(HALF)) for (const id of ids) if (random.chance(50)) sent[id] = '';
  return sent;
}

type Says = (writer: Writer, random: Random) => string;

/** What somebody who wants to get somewhere answers there. */
const KNOWN: readonly (readonly [template: string, answers: Readonly<Record<string, Says>>])[] = [
  ['needs/eligibility', { kind: ({ kind }) => kind, bound: ({ bound }) => bound, condition: () => 'yes' }],
  [
    'needs/question',
    {
      categories: (_, random) => random.pick(['courriel', 'courriel', 'courriel,visioconference']),
      hosting: (_, random) => random.pick(['any', 'any', 'CA']),
      availability: (_, random) => random.pick(['any', 'any', '99.5']),
      languages: (_, random) => random.pick(['', 'fr']),
      features: (_, random) => random.pick(['', '', 'mfa']),
      suitable: () => 'yes',
    },
  ],
  ['scenarios/choice', { date: ({ today }) => today.toString() }],
  [
    'scenarios/trials',
    {
      units: (_, random) => random.pick(['5', '10', '30']),
      days: (_, random) => random.pick(['10', '20', '30', '60']),
      start: ({ today }, random) => today.add({ days: random.int(1, 20) }).toString(),
      withoutPersonalData: () => 'true',
    },
  ],
  [
    'contracts/termination',
    {
      noticeOn: ({ today }) => today.toString(),
      effectiveOn: ({ today }) => today.add({ days: 40 }).toString(),
    },
  ],
  [
    'office/absence',
    {
      first: ({ today }) => today.add({ days: 1 }).toString(),
      last: ({ today }, random) => today.add({ days: random.int(2, 12) }).toString(),
    },
  ],
];

/** The person's own body among those of a list; '' where it is not there. */
function ownBody({ inputs }: Shown, { body }: Writer): string {
  const choices = inputs.find(({ id }) => id === 'known')?.choices;
  const own = (Array.isArray(choices) ? choices : []).find(({ title }: { title: unknown }) => title === body);
  return own ? String(own.value) : '';
}

const KEEPS = 70;

function sensible(input: Json, writer: Writer, random: Random, care: Care): string {
  const proposed =
    typeof input.value === 'string' || typeof input.value === 'number' ? String(input.value) : '';
  // Whoever acts for another body now does not leave there the words that their own file brings along.
  const kept = proposed.replaceAll(CODES, writer.code);
  if (kept !== '' && (care !== 'anyhow' || random.chance(KEEPS))) return kept;
  switch (input.type) {
    case 'Input.Toggle':
      return String(
        care !== 'anyhow' || random.chance(KEEPS) ? (input.valueOn ?? 'true') : (input.valueOff ?? 'false'),
      );
    case 'Input.ChoiceSet':
      return chosen(input, random) || kept;
    case 'Input.Date':
      return dated(input, writer, random, care);
    case 'Input.Time':
      return random.pick(['09:00', '10:30', '14:00', '16:45']);
    case 'Input.Number':
      return String(random.int(Number(input.min ?? 1), Math.min(Number(input.max ?? 150), 150)));
    default:
      return written(input, writer, random);
  }
}

function chosen(input: Json, random: Random): string {
  const choices = (Array.isArray(input.choices) ? input.choices : [])
    .map(({ value }: { value: unknown }) => String(value))
    .filter((value) => value !== '');
  if (choices.length === 0) return '';
  if (input.isMultiSelect !== true) return random.pick(choices);
  const some = choices.filter(() => random.chance(40));
  return (some.length > 0 ? some : [random.pick(choices)]).join(',');
}

const ANY_DAYS = [-30, -7, -1, 0, 0, 0, 1, 14, 60, 300, 700, 1_200];
const NEAR_DAYS = [-7, -1, 0, 0, 0];

function dated(input: Json, { today }: Writer, random: Random, care: Care): string {
  const day = today.add({ days: random.pick(care === 'anyhow' ? ANY_DAYS : NEAR_DAYS) });
  const within = (key: string, sign: number): Temporal.PlainDate | undefined => {
    const limit =
      typeof input[key] === 'string' && input[key] !== '' ? Temporal.PlainDate.from(input[key]) : undefined;
    return limit && Temporal.PlainDate.compare(day, limit) * sign > 0 ? limit : undefined;
  };
  return String(within('min', -1) ?? within('max', 1) ?? day);
}

/** By what an input is called, what is written there. */
const WRITTEN: readonly (readonly [RegExp, Says])[] = [
  [/steps.\d/, () => ''],
  [/^other |organisation|organisme|body/, ({ body }) => body],
  [/email|adresse courriel/, () => 'camille.roy@exemple.test'],
  [/amount|montant|dollars|prix|budget/, (_, random) => `${random.int(1, 90)} ${random.int(100, 999)},00 $`],
  [/units|unites|quantit/, (_, random) => String(random.int(1, 28))],
  [/months|mois|duree/, (_, random) => random.pick(['12', '24 mois', '36', '36', '48'])],
  [/days|jours/, (_, random) => random.pick(['14', '30', '60', '90'])],
  [/percent/, () => '110'],
  [/phone|telephone|contact$/, () => '418 555-0142'],
  [/signature|inuse|echeancier/, () => 'juin 2027'],
  [/link|lien/, () => ''],
];

function written(input: Json, writer: Writer, random: Random): string {
  const called = `${String(input.id)} ${String(input.label ?? '')}`
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  const known = WRITTEN.find(([pattern]) => pattern.test(called));
  const text = known ? known[1](writer, random) : `Quelques mots pour ${writer.code}.`;
  return text.slice(0, Number(input.maxLength ?? 500));
}
