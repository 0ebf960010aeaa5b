import type { Card } from '../../../core/card.ts';
import type { ActionTurn } from '../../../core/turn.ts';
import type { ContractServices } from './services.ts';

/** A link to a file of ours, good for a quarter of an hour. */
const linkCard = (what: string, url: string): Card => ({
  template: 'contracts/link',
  summary: `${what} est prêt.`,
  view: { what, button: 'Télécharger (.xlsx)', url },
});

/** Gives whoever pressed a link of their own to a file of the staff, of some kind and about something. */
export async function giveFile(
  turn: ActionTurn,
  { links }: Pick<ContractServices, 'links'>,
  { kind, what, about }: { readonly kind: string; readonly what: string; readonly about: object },
): Promise<void> {
  const { tenantId, objectId } = turn.person;
  await turn.reply(linkCard(what, await links.issue(kind, { tenantId, objectId, ...about })));
  turn.notify('Le lien est ci-dessous.');
}

/** An amount as a cell holds it; empty where it is not known. */
export const dollars = (cents: number | undefined): number | string =>
  cents === undefined ? '' : cents / 100;
