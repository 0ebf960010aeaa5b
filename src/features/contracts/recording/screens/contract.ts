import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { guideSource } from '../../../../core/guide/index.ts';
import { action } from '../../../../core/routes/turns.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { STATES, standingOf, whenText } from '../../duties/screens/standing.ts';
import { olderThanEntry } from '../../duties/store/entering.ts';
import { head, PAGE } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices, OfContract } from '../../screens/services.ts';
import { hasServed } from '../rules/slip.ts';
import type { Contracts } from '../store/contracts.ts';
import type { Followed } from '../store/records.ts';

const MOST_DONE = 4;

/** A contract: its facts, its duties by urgency, what can be done of it. */
function contractView(
  followed: Followed,
  wanted: number,
  contracts: Pick<Contracts, 'rules' | 'today'>,
  { follows, consented }: { readonly follows: boolean; readonly consented: boolean },
  notice = '',
): Card {
  const { contract } = followed;
  const standing = standingOf(followed, contracts);
  const open = standing.filter(({ state }) => state !== 'done');
  const done = standing.filter(({ state }) => state === 'done');
  const page = pageOf(open, wanted, PAGE);
  const late = open.filter(({ state }) => state === 'late').length;
  return {
    template: 'contracts/contract',
    summary: `${contract.title} : ${late > 0 ? `${count(late, 'obligation')} en retard` : 'rien en retard'}.`,
    view: {
      ...head(contract),
      ...noticeView(notice),
      revision: contract.revision,
      facts: [
        { title: 'Offres', value: escapeMarkdown(contract.offers) },
        { title: 'Signé', value: frenchDay(contract.signedOn) },
        { title: 'Dure', value: `du ${frenchDay(contract.startsOn)} au ${frenchDay(contract.endsOn)}` },
        ...(contract.terminatedOn
          ? [
              {
                title: 'Résilié',
                value: `le ${frenchDay(contract.terminatedOn)} ; devait finir le ${frenchDay(contract.termEndsOn)}`,
              },
            ]
          : []),
        { title: 'Montant', value: frenchMoney(contract.amountCents) },
        { title: 'RCTI', value: contract.rcti ? 'S’applique' : 'Ne s’applique pas' },
      ],
      duties: page.items.map(({ duty, state }) => ({
        contract: contract.id,
        duty: duty.id,
        title: duty.title,
        state: STATES[state],
        color: state === 'late' ? 'Attention' : state === 'soon' ? 'Accent' : 'Default',
        due: `${whenText(duty)}${duty.due.source === 'guide' ? ` · ${guideSource(duty.due.section)}` : ''}`,
      })),
      none: open.length === 0,
      done: done.slice(-MOST_DONE).map(({ duty, doneOn, whyNot, undated }) => ({
        contract: contract.id,
        duty: duty.id,
        text: `${duty.title} : ${whyNot ? 'sans objet, ' : undated ? 'déjà fait, noté ' : ''}le ${frenchDay(doneOn ?? contract.signedOn)}`,
      })),
      hasDone: done.length > 0,
      doneTitle: `Fait (${done.length})`,
      older: olderThanEntry(followed).length > 0,
      slip: !hasServed(contract, [...followed.done.values()]),
      follows,
      unfollowed: !follows,
      consented,
      unconsented: !consented,
      ...pagingRow(page, 'obligations'),
    },
  };
}

/** A contract as a person sees it now. */
export async function contractCard(
  { person }: Pick<ActionTurn, 'person'>,
  { contract: id, page = 1 }: OfContract,
  { contracts }: ContractServices,
  notice: string,
) {
  const followed = await contracts.followed(id, person);
  const [follows, contact] = await Promise.all([
    contracts.follows(id, person),
    contracts.consented(id, person),
  ]);
  return contractView(followed, page, contracts, { follows, consented: contact !== undefined }, notice);
}

export const open = action('contracts.open', schema.ContractPage, draws(contractCard));

export const follow = action(
  'contracts.follow',
  schema.Reference,
  redraws(
    (turn, { contract }, { contracts }) => contracts.setFollowing(turn.person, contract, true),
    contractCard,
    'Vous recevrez les rappels de ce contrat.',
  ),
);

export const unfollow = action(
  'contracts.unfollow',
  schema.Reference,
  redraws(
    (turn, { contract }, { contracts }) => contracts.setFollowing(turn.person, contract, false),
    contractCard,
    'Vous ne recevrez plus les rappels de ce contrat.',
  ),
);

export const consent = forgiving(
  comesBack(schema.Reference, contractCard),
  action(
    'contracts.consent',
    schema.Consent,
    redraws(
      (turn, { contract, contact }, { contracts }) => contracts.consent(turn.person, contract, contact),
      contractCard,
      'Merci. D’autres organisations pourront vous joindre ; vous pouvez changer d’avis ici.',
    ),
  ),
);

export const revoke = action(
  'contracts.revoke',
  schema.Reference,
  redraws(
    (turn, { contract }, { contracts }) => contracts.revoke(turn.person, contract),
    contractCard,
    'C’est retiré : plus personne ne voit vos coordonnées.',
  ),
);
