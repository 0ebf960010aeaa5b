import type { Card } from '../../../../core/card.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { warnsFirst } from '../../../../core/cards/warning-first.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count } from '../../../../core/text/text.ts';
import { DecisionInput, InsteadInput, Page, Request } from '../../screens/schema.ts';
import type { PeopleServices } from '../../services.ts';
import type { Organizations } from '../store/organizations.ts';
import * as cards from './cards.ts';

const DECIDED = 'Cette demande a déjà été traitée. Voici les demandes qui restent.';

/** A page of the requests that wait, with the known bodies that each may mean. */
export async function membershipsPageOf(
  page: number,
  { organizations, timeZone }: Pick<PeopleServices, 'organizations' | 'timeZone'>,
  notice = '',
): Promise<Card> {
  const list = await organizations.pendingMemberships(page);
  const near = await Promise.all(list.requests.map(({ organization }) => organizations.near(organization)));
  return cards.membershipsCard(list, near, await organizations.requestGroups(), timeZone, notice);
}

/** One of the requests alone, before the others; where it waits no more, those that do. */
export async function membershipCardOf(
  id: string,
  services: Pick<PeopleServices, 'organizations' | 'timeZone'>,
): Promise<Card> {
  const { organizations, timeZone } = services;
  const list = await organizations.pendingMemberships(1, id);
  const [request] = list.requests;
  if (!request) return membershipsPageOf(1, services, DECIDED);
  const near = await organizations.near(request.organization);
  return cards.membershipsCard({ ...list, pages: 1, alone: true }, [near], [], timeZone);
}

export const membershipsPage = action(
  'people.membershipsPage',
  Page,
  draws((_turn, { page }, services: PeopleServices) => membershipsPageOf(page, services)),
  'staff',
);

type Decided = Awaited<ReturnType<Organizations['decideMembership']>>;

function decided(outcome: Decided): string {
  if (outcome === 'stale') return DECIDED;
  if (outcome.also > 0)
    return `C’est noté. ${count(outcome.also, 'autre personne est confirmée', 'autres personnes sont confirmées')} aussi. Chacune en est informée.`;
  const stays =
    outcome.apart === ''
      ? ''
      : ` « ${outcome.apart} » reste un organisme à part : il est au registre, ou d’autres s’en sont servis.`;
  return `C’est noté. La personne en est informée.${stays}`;
}

/** A request that a colleague has in hand is asked about first. */
const warned = warnsFirst(
  Request,
  ({ membership }) => ({ kind: 'membership', id: membership }),
  (_turn, { page }, services: PeopleServices) => membershipsPageOf(page, services),
);

export const decide = warned(
  action(
    'people.decide',
    DecisionInput,
    redraws(
      (turn, { membership, revision, decision }, { organizations }: PeopleServices): Promise<Decided> =>
        organizations.decideMembership(turn.person, membership, revision, decision),
      (_turn, { page }, services, word) => membershipsPageOf(page, services, word),
      (outcome) => decided(outcome),
    ),
    'staff',
  ),
);

export const decideInstead = warned(
  action(
    'people.decideInstead',
    InsteadInput,
    redraws(
      (turn, { membership, revision, instead }, { organizations }: PeopleServices): Promise<Decided> =>
        organizations.decideMembership(turn.person, membership, revision, 'confirm', instead),
      (_turn, { page }, services, word) => membershipsPageOf(page, services, word),
      (outcome) => decided(outcome),
    ),
    'staff',
  ),
);
