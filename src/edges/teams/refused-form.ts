import { type Refused, SURE } from '../../core/cards/refused.ts';
import { SHOWED } from '../../core/cards/showed.ts';
import { FORM_KEY } from '../../core/routing/effect.ts';
import { escapeMarkdown } from '../../core/text/text.ts';

type Json = { readonly [key: string]: unknown };
const isNode = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isNode) : []);

/**
 * A form that was refused, drawn again: what was typed in its inputs, and the sentence beside its field, or above it all
 * where it is about no field of the card. A form that was folded under a button is shown, since it was open.
 */
export function comeBack(card: Json, refused: Refused): Json {
  const opened = unfolded(card, refused);
  const told = { done: false, asked: false };
  const filled = fill(opened, refused, told);
  const said = told.done ? filled : headed(filled, refused);
  return holds(card, refused) ? said : withWhatWasTyped(said, refused);
}

/** What was written, where the card has its form no more: to be copied from. */
function withWhatWasTyped(card: Json, { sent }: Refused): Json {
  const texts = Object.values(sent).filter(
    (value): value is string => typeof value === 'string' && /\S\s+\S/.test(value),
  );
  if (texts.length === 0) return card;
  const block = {
    type: 'Container',
    style: 'emphasis',
    spacing: 'Medium',
    items: [
      { type: 'TextBlock', text: 'Ce que vous aviez écrit', wrap: true, size: 'Small', weight: 'Bolder' },
      ...texts.map((text) => ({ type: 'TextBlock', text: escapeMarkdown(text), wrap: true })),
    ],
  };
  return { ...card, body: [...listOf(card.body), block] };
}

/** What a button sends that tells not what it is about: which drawing of its form it is, and what was seen there. */
const SEEN = new Set([FORM_KEY, SURE, SHOWED, 'revision', 'round', 'seen']);

/** Whether a button is the one that was pressed: it does the same, of the same things. */
const isPressed = (node: Json, { verb, sent }: Refused): boolean =>
  node.type === 'Action.Execute' &&
  node.verb === verb &&
  Object.entries(isNode(node.data) ? node.data : {}).every(
    ([key, value]) => SEEN.has(key) || String(sent[key]) === String(value),
  );

const holds = (value: unknown, refused: Refused): boolean =>
  Array.isArray(value)
    ? value.some((item) => holds(item, refused))
    : isNode(value) && (isPressed(value, refused) || holds(Object.values(value), refused));

/** The same card, in which the folded form that was sent stands where its button was, and the other buttons after it. */
function unfolded(node: Json, refused: Refused): Json {
  const shows = (action: Json) => action.type === 'Action.ShowCard' && holds(action.card, refused);
  const folded = listOf(node.actions).find(shows);
  const card = isNode(folded?.card) ? folded.card : undefined;
  if (card) {
    const form = {
      type: 'Container',
      style: 'emphasis',
      spacing: 'Medium',
      items: [
        { type: 'TextBlock', text: folded?.title, wrap: true, weight: 'Bolder' },
        ...listOf(card.body),
        { type: 'ActionSet', actions: listOf(card.actions) },
      ],
    };
    const others = listOf(node.actions)
      .filter((action) => action !== folded)
      .map(calm);
    if (node.type === 'ActionSet')
      return {
        type: 'Container',
        items: [...(others.length > 0 ? [{ ...node, actions: others }] : []), form],
      };
    return { ...node, body: [...listOf(node.body), form], actions: others };
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, inner]) => [
      key,
      Array.isArray(inner)
        ? inner.map((item) => (isNode(item) ? unfolded(item, refused) : item))
        : isNode(inner) && key !== 'data'
          ? unfolded(inner, refused)
          : inner,
    ]),
  );
}

/** The form that came back is what there is to do: nothing else is blue. */
function calm(action: Json): Json {
  const { style, ...rest } = action;
  return style === 'positive' ? rest : action;
}

/** What was put on the card already: the sentence, beside its field, and the button that means it. */
interface Told {
  done: boolean;
  asked: boolean;
}

/** The same node, whose inputs have what was typed; those of other forms, folded, stay as they are. */
function fill(node: Json, refused: Refused, told: Told): Json {
  const entries = Object.entries(node).map(([key, inner]) => {
    if (key === 'data' || node.type === 'Action.ShowCard') return [key, inner];
    if (Array.isArray(inner)) return [key, inner.flatMap((item) => filled(item, refused, told))];
    return [key, isNode(inner) ? fill(inner, refused, told) : inner];
  });
  return Object.fromEntries(entries);
}

/** An item of a list, with what comes beside it. */
function filled(item: unknown, refused: Refused, told: Told): unknown[] {
  if (!isNode(item)) return [item];
  if (refused.asked && item.type === 'Action.Execute') {
    const first = !told.asked && isPressed(item, refused);
    told.asked ||= first;
    return first ? [sureOf(item), calm(item)] : [calm(item)];
  }
  if (!String(item.type).startsWith('Input.')) return [fill(item, refused, told)];
  const { [String(item.id)]: typed } = refused.sent;
  const input = typed === undefined ? item : { ...item, ...typedValue(item, typed) };
  if (item.id !== refused.field || told.done) return [input];
  told.done = true;
  return [input, sentence(refused, 'None')];
}

/** « Oui, c’est bien cela » : the same form, with what was asked about it meant. */
const sureOf = (action: Json): Json => ({
  ...action,
  title: 'Oui, c’est bien cela',
  style: 'positive',
  data: { ...(isNode(action.data) ? action.data : {}), [SURE]: 'yes' },
});

/** What was typed, where the kind of input can hold it. */
function typedValue({ type }: Json, typed: unknown): Json {
  const text = String(typed).replaceAll('${', '$\u2060{');
  if (type === 'Input.Number')
    return text !== '' && Number.isFinite(Number(text)) ? { value: Number(text) } : {};
  if (type === 'Input.Date') return /^\d{4}-\d\d-\d\d$/.test(text) ? { value: text } : {};
  if (type === 'Input.Time') return /^\d\d:\d\d$/.test(text) ? { value: text } : {};
  return { value: text };
}

const sentence = (refused: Refused, spacing: string): Json => ({
  type: 'TextBlock',
  text: escapeMarkdown(refused.sentence),
  wrap: true,
  weight: 'Bolder',
  color: refused.asked ? 'Accent' : 'Attention',
  spacing,
});

/** The same card, with the sentence below its heading. */
function headed(card: Json, refused: Refused): Json {
  const body = listOf(card.body);
  const after = body.findIndex(({ style }) => style === 'heading') + 1;
  return { ...card, body: [...body.slice(0, after), sentence(refused, 'Small'), ...body.slice(after)] };
}
