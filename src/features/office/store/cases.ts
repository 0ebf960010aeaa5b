import type { House } from '../../../core/manifest.ts';
import type { Conversations, Roster } from '../../../core/ports/conversations.ts';
import { addressOf } from '../../../core/text/address-of.ts';
import { count, shorten } from '../../../core/text/text.ts';
import type { Belonging, PersonKey } from '../../people/index.ts';
import type { Item } from '../rules/standing.ts';
import type { Reading } from './reading.ts';

/** As many of a person's former requests as are read at a glance. */
const SHOWN = 3;
const LONGEST = 80;

export interface CaseParts {
  readonly belonging: Pick<Belonging, 'bodyOf'>;
  readonly conversations: Conversations;
  readonly house: Pick<House, 'bodies' | 'requests'>;
  readonly roster: Roster;
}

/** What is around something that waits. */
export interface Case {
  /** Their address in Teams, asked of it now and kept nowhere; undefined where it does not say. */
  readonly address: string | undefined;
  /** What the body has here: « 2 contrats, 1 dossier ». */
  readonly has: string;
  /** What this person sent before, the latest first. */
  readonly before: readonly string[];
  /** How much else waits for the same body. */
  readonly others: number;
}

/** The case of which something that waits is a row: who it is, how to write to them, and their history here. */
export function buildCases({ belonging, conversations, house, roster }: CaseParts, reading: Reading) {
  async function hasOf(person: PersonKey): Promise<string> {
    const body = await belonging.bodyOf(person);
    if (!body) return '';
    const counts: string[] = [];
    for (const { noun, count: countOf } of house.bodies()) {
      const { seen } = await countOf(person, body.id);
      if (seen > 0) counts.push(count(seen, ...noun));
    }
    return counts.join(', ');
  }

  return {
    /** The case of one; nothing of whoever may not be known. */
    async caseOf(item: Item): Promise<Case> {
      const { actsFor, body } = item;
      const all = body === undefined ? [] : await reading.withBodies(await reading.standing());
      const others = all.filter(
        (each) => each.body === body && (each.kind !== item.kind || each.id !== item.id),
      );
      if (!actsFor) return { address: undefined, has: '', before: [], others: others.length };
      const sent = await house.requests({ ...actsFor, name: item.person });
      return {
        address: await addressOf(actsFor, { conversations, roster }),
        has: await hasOf(actsFor),
        before: sent
          .filter(({ title }) => title !== item.title)
          .slice(0, SHOWN)
          .map(({ title, state }) => `${title} : ${shorten(state, LONGEST)}`),
        others: others.length,
      };
    },
  };
}
