import type { Card } from '../../../../core/card.ts';
import { takesOwn } from '../../../../core/people/own-things.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { MessageTurn, Person } from '../../../../core/turn.ts';
import { readOwnBody } from '../rules/asking.ts';
import type { Belonging, Body } from '../store/belonging.ts';
import type { Organizations } from '../store/organizations.ts';
import { organizationCard } from './cards.ts';

interface AskingServices {
  readonly belonging: Belonging;
  readonly organizations: Organizations;
}

/** Names that a card shows. */
const SHOWN = 20;

/** Who acts for the same body: those whom the broker's team confirmed. */
function colleaguesCard({ name }: Body, colleagues: readonly Person[]): Card {
  const more = colleagues.length - SHOWN;
  const heading =
    colleagues.length === 0
      ? 'Vous êtes la seule personne confirmée.'
      : `Vous et ${count(colleagues.length, 'autre personne confirmée', 'autres personnes confirmées')}.`;
  return {
    template: 'people/colleagues',
    summary: `${name} : ${heading}`,
    view: {
      organization: escapeMarkdown(name),
      heading,
      people: colleagues.slice(0, SHOWN).map((person) => ({ name: escapeMarkdown(person.name) })),
      more: more > 0 ? `Et ${count(more, 'autre')}.` : '',
      hasMore: more > 0,
    },
  };
}

/** What was asked of one's body in words: without one, how to join it. */
export const ask = takesOwn(
  readOwnBody,
  async (turn: MessageTurn, asked: 'colleagues' | 'body', { belonging, organizations }: AskingServices) => {
    const body = asked === 'colleagues' ? await belonging.bodyOf(turn.person) : undefined;
    await turn.reply(
      body
        ? colleaguesCard(body, await belonging.colleagues(turn.person))
        : organizationCard(await organizations.findMembership(turn.person), await organizations.names()),
    );
    return true;
  },
);
