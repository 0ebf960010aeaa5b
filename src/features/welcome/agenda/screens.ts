import type { Card } from '../../../core/card.ts';
import type { House } from '../../../core/manifest.ts';
import { takesOwn } from '../../../core/people/own-things.ts';
import type { AgendaItem } from '../../../core/routes/waiting.ts';
import { count, escapeMarkdown } from '../../../core/text/text.ts';
import type { MessageTurn, Person } from '../../../core/turn.ts';
import type { Belonging } from '../../people/index.ts';
import { asksAgenda } from './rules.ts';

/** What a card shows: what comes first. */
const SHOWN = 7;

export interface AgendaServices {
  readonly belonging: Belonging;
  readonly agenda: House['agenda'];
}

function agendaCard(items: readonly AgendaItem[], joined: boolean): Card {
  const more = items.length - SHOWN;
  const empty = items.length === 0;
  const first = items[0];
  return {
    template: 'welcome/agenda',
    summary: first ? `À faire : ${first.what}. ${first.when}.` : 'Rien ne vous attend.',
    view: {
      empty,
      unjoined: !joined,
      items: items.slice(0, SHOWN).map(({ what, when, late = false, ask }) => ({
        label: what,
        what: escapeMarkdown(what),
        when: escapeMarkdown(when),
        color: late ? 'Attention' : 'Default',
        ask,
      })),
      more:
        more > 0
          ? `Et ${count(more, 'autre chose', 'autres choses')} : « mes dossiers », « mes contrats » et « mes évaluations » les montrent.`
          : '',
      hasMore: more > 0,
    },
  };
}

async function cardFor(person: Person, { agenda, belonging }: AgendaServices): Promise<Card> {
  const [items, body] = [await agenda(person), await belonging.bodyOf(person)];
  return agendaCard(items, body !== undefined);
}

/** `à faire`: what waits for somebody, of all features. */
export async function openAgenda(turn: MessageTurn, services: AgendaServices): Promise<void> {
  await turn.reply(await cardFor(turn.person, services));
}

/** `à faire` asked in words: « qu’est-ce qui presse ». */
export const ask = takesOwn(asksAgenda, async (turn: MessageTurn, _asked: true, services: AgendaServices) => {
  await openAgenda(turn, services);
  return true;
});
