import { CANARY } from '../samples.ts';
import type { ShownCard } from '../shown-card.ts';

type Json = { readonly [key: string]: unknown };
type Typed = Readonly<Record<string, string>>;

/** What a person who fills in whatever is asked would send with a card's inputs; `typed` by the inputs' ids. */
export const filled = (card: ShownCard, typed: Typed): Json =>
  Object.fromEntries(
    card.inputs.map((input) => {
      const id = String(input.id);
      return [id, typed[id] ?? usual(input)];
    }),
  );

function usual(input: Json): string {
  if (input.type === 'Input.Toggle') return String(input.valueOn ?? 'true');
  if (typeof input.value === 'string' && input.value !== '') return input.value;
  if (typeof input.value === 'number') return String(input.value);
  switch (input.type) {
    case 'Input.ChoiceSet':
      return String(
        (input.choices as readonly { readonly value: string }[]).find(({ value }) => value)?.value ?? '',
      );
    case 'Input.Date':
      return '2026-11-20';
    case 'Input.Time':
      return '10:00';
    case 'Input.Number':
      return String(input.min ?? 1);
    default:
      return `Une ${CANARY}, quelques mots.`;
  }
}
