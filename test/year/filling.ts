import type { Json } from '../support/read-card.ts';
import type { Shown } from './chats.ts';
import type { Random } from './random.ts';

/** What somebody who fills in a form knows. */
export interface Writer {
  readonly today: Temporal.PlainDate;
  /** A word that is of their body alone. */
  readonly code: string;
  readonly body: string;
}

const SLIPS = ['', '   ', 'je ne sais pas', '-3', '31 juin', '12,345.67', '🙂', 'x'.repeat(1_500), '0'];
/** Of a hundred forms, how many have a slip, and how many are left half empty. */
const SLIP = 6;
const HALF = 5;

/** What somebody sends with a card's inputs: mostly sensible by their types, at times with a slip or half empty. */
export function filled(card: Shown, writer: Writer, random: Random): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const input of card.inputs) sent[String(input.id)] = sensible(input, writer, random);
  // Of the bodies that there are, people choose their own.
  if (card.template.startsWith('people/organization')) sent.known = ownBody(card, writer);
  const ids = Object.keys(sent);
  if (ids.length > 0 && random.chance(SLIP)) sent[random.pick(ids)] = random.pick(SLIPS);
  if (random.chance(HALF)) for (const id of ids) if (random.chance(50)) sent[id] = '';
  return sent;
}

/** The person's own body among those of a list; '' where it is not there. */
function ownBody({ inputs }: Shown, { body }: Writer): string {
  const choices = inputs.find(({ id }) => id === 'known')?.choices;
  const own = (Array.isArray(choices) ? choices : []).find(({ title }: { title: unknown }) => title === body);
  return own ? String(own.value) : '';
}

function sensible(input: Json, writer: Writer, random: Random): string {
  const kept = typeof input.value === 'string' || typeof input.value === 'number' ? String(input.value) : '';
  if (kept !== '' && random.chance(70)) return kept;
  switch (input.type) {
    case 'Input.Toggle':
      return String(random.chance(70) ? (input.valueOn ?? 'true') : (input.valueOff ?? 'false'));
    case 'Input.ChoiceSet':
      return chosen(input, random) || kept;
    case 'Input.Date':
      return dated(input, writer, random);
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

function dated(input: Json, { today }: Writer, random: Random): string {
  const day = today.add({ days: random.pick([-30, -7, -1, 0, 0, 0, 1, 14, 60, 300, 700, 1_200]) });
  const within = (key: string, sign: number): Temporal.PlainDate | undefined => {
    const limit =
      typeof input[key] === 'string' && input[key] !== '' ? Temporal.PlainDate.from(input[key]) : undefined;
    return limit && Temporal.PlainDate.compare(day, limit) * sign > 0 ? limit : undefined;
  };
  return String(within('min', -1) ?? within('max', 1) ?? day);
}

/** By what an input is called, what is written there. */
const WRITTEN: readonly (readonly [RegExp, (writer: Writer, random: Random) => string])[] = [
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
