import type { Person } from '../../src/core/turn.ts';
import type { fakeTeams } from './fake-teams.ts';
import { aDocument, aFile, anOffer, flat } from './fiches.ts';
import { diane } from './people.ts';
import type { ShownCard } from './shown-card.ts';

type Teams = ReturnType<typeof fakeTeams>;

/** « Bleuet », whose price was written wrong: the version of the tests' fiches, with another content. */
export const right = (price = '4.50', version = '2026-11-02') =>
  aDocument({ version, offers: [anOffer({ tiers: flat(price) })] });

/** The same version with another availability: no price. */
export const available = (availability = '99.5') => aDocument({ offers: [anOffer({ availability })] });

export const REASON = { reason: 'Le prix signé est de 4,50 $.', mistake: 'true' };

/** A fiche is dropped alone in the chat of somebody of the staff: the card that answers. */
export async function dropped(teams: Teams, document: unknown = right(), person: Person = diane) {
  const { name, bytes } = aFile(document);
  await teams.drops(person, { [name]: bytes });
  return teams.lastCard();
}

/** What a card that is pressed says, by another card or by a word. */
export async function presses(
  teams: Teams,
  person: Person,
  card: ShownCard,
  title: string,
  typed: object = {},
) {
  const { card: next, form, word } = await teams.click(person, card, title, { ...typed });
  return { card: next ?? form, said: [next?.plain, form?.plain, word].filter(Boolean).join('\n') };
}
