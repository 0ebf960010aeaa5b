import type { Card } from '../../../../core/card.ts';
import { action } from '../../../../core/feature.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { head } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import type { Contract } from '../../tables.ts';

/** Days after a contract's last duty during which its calendar link still answers. */
const FEED_DAYS = 90;

/** The calendar link of a contract's duties. */
const feedCard = (contract: Contract, url: string): Card => ({
  template: 'contracts/feed',
  summary: 'Les obligations du contrat dans votre agenda.',
  view: { ...head(contract), url, feed: contract.feed },
});

async function giveFeed(turn: ActionTurn, id: string, { contracts, signatures, timeZone }: ContractServices) {
  const { contract, duties } = await contracts.followed(id, turn.person);
  const last = duties.at(-1)?.due.on ?? Temporal.PlainDate.from(contract.endsOn);
  const until = last.add({ days: FEED_DAYS }).toZonedDateTime(timeZone).toInstant();
  const { tenantId, objectId } = turn.person;
  const subject = { contract: id, feed: contract.feed, tenantId, objectId };
  const url = await signatures.issue('contracts.feed', subject, until, '.ics');
  await turn.reply(feedCard(contract, url));
  turn.notify('Le lien est ci-dessous.');
}

export const feed = action(
  'contracts.feed',
  schema.Reference,
  (turn, { contract }, services: ContractServices) => giveFeed(turn, contract, services),
);

export const renewFeed = action(
  'contracts.renewFeed',
  schema.Feed,
  async (turn, { contract, feed: seen }, services: ContractServices) => {
    await services.contracts.renewFeed(turn.person, contract, seen);
    await giveFeed(turn, contract, services);
  },
);
