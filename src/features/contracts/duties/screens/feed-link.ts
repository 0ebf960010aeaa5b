import type { Card } from '../../../../core/card.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { action } from '../../../../core/routes/turns.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import type { PageLinks } from '../../../people/index.ts';
import { head } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import type { Contract } from '../../tables.ts';

/** Days after a contract's last duty during which its calendar link still answers. */
const FEED_DAYS = 90;

/** A link that is good until a day is good that day. */
const LAST_MINUTE = '23:59';

type Link = Awaited<ReturnType<PageLinks['issue']>>;

/** The calendar link of a contract's duties. */
const feedCard = (contract: Contract, { id, number, url, until }: Link): Card => ({
  template: 'contracts/feed',
  summary: 'Les obligations du contrat dans votre agenda.',
  view: {
    ...head(contract),
    url,
    link: id,
    title: `Lien nº ${number}`,
    until: frenchDate(brokerDate(until)),
  },
});

/** What somebody's link to a contract says, and until when it is good. */
async function feedOf({ person }: ActionTurn, id: string, { contracts, timeZone }: ContractServices) {
  const { contract, duties } = await contracts.followed(id, person);
  const last = duties.at(-1)?.due.on ?? Temporal.PlainDate.from(contract.endsOn);
  const { tenantId, objectId } = person;
  return {
    contract,
    subject: { contract: id, tenantId, objectId },
    until: last.add({ days: FEED_DAYS }).toZonedDateTime({ timeZone, plainTime: LAST_MINUTE }).toInstant(),
  };
}

export const feed = action(
  'contracts.feed',
  schema.Reference,
  async (turn, { contract: id }, services: ContractServices) => {
    const { contract, subject, until } = await feedOf(turn, id, services);
    const link = await services.pageLinks.issue('contracts.feed', subject, until, turn.person);
    await turn.reply(feedCard(contract, link));
    turn.notify('Le lien est ci-dessous.');
  },
);

/** Another link in the place of one's own, which holds no more; asked for twice, it is one. */
export const renewFeed = action(
  'contracts.renewFeed',
  schema.Feed,
  async (turn, { contract: id, link: seen }, services: ContractServices) => {
    const { pageLinks } = services;
    const { contract, subject, until } = await feedOf(turn, id, services);
    const issued = () => pageLinks.issue('contracts.feed', subject, until, turn.person);
    const replaced = await pageLinks.replace(turn.person, seen ?? (await issued()).id, {
      whose: turn.person,
      until,
    });
    await turn.reply(feedCard(contract, replaced ?? (await issued())));
    turn.notify('Le lien est ci-dessous.');
  },
);
