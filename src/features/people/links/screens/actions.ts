import type { Card } from '../../../../core/card.ts';
import { pageAt } from '../../../../core/cards/paging.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import type { House } from '../../../../core/manifest.ts';
import { action, type MessageRoute } from '../../../../core/routes/turns.ts';
import type { Turn } from '../../../../core/turn.ts';
import type { StaffChannel } from '../../roster/store/staff-channel.ts';
import { LinkChoice, LinkList, OwnLink } from '../../screens/schema.ts';
import type { PageLink } from '../store/link-rows.ts';
import type { PageLinks } from '../store/page-links.ts';
import * as cards from './cards.ts';

interface LinkServices {
  readonly pageLinks: PageLinks;
  readonly staffChannel: StaffChannel;
  readonly house: Pick<House, 'pages'>;
}

const GONE = 'Ce lien ne répondait déjà plus. Voici ce qu’il en est.';

/** Links name clients and suppliers: they are shown where the staff alone read. */
async function requireStaffPlace(
  { conversation }: Turn,
  { staffChannel }: Pick<LinkServices, 'staffChannel'>,
): Promise<void> {
  if (conversation.kind === 'personal') return;
  if (conversation.id === (await staffChannel.findStaffChannel())) return;
  throw new CourtierError(
    'refused',
    'Les liens se consultent dans le canal de l’équipe, ou dans notre conversation personnelle.',
  );
}

async function shownOf<L extends PageLink>(link: L, { house }: Pick<LinkServices, 'house'>) {
  const page = house.pages().find(({ kind }) => kind === link.kind);
  return { link, title: page?.title ?? 'Lien', about: await page?.about(link.subject) };
}

async function listCard(
  turn: Turn,
  { which, page }: { readonly which: cards.Which; readonly page: number },
  services: LinkServices,
  notice = '',
): Promise<Card> {
  await requireStaffPlace(turn, services);
  const { rows, total, at, size } = await services.pageLinks.page(which, page);
  const shown = await Promise.all(rows.map((link) => shownOf(link, services)));
  return cards.linksCard(pageAt(shown, at, total, size), which, notice);
}

export const message: MessageRoute<LinkServices> = {
  command: 'liens',
  aliases: ['liens des fournisseurs', 'liens donnés'],
  description: 'Voir et révoquer les liens des fournisseurs et des agendas',
  role: 'staff',
  scopes: ['personal', 'channel', 'group'],
  minor: true,
  handle: async (turn, services) =>
    void (await turn.reply(await listCard(turn, { which: 'alive', page: 1 }, services))),
};

export const list = action('people.links', LinkList, draws(listCard), 'staff');

export const askRevoke = action(
  'people.askRevokeLink',
  LinkChoice,
  async (turn, { link: id }, services: LinkServices) => {
    await requireStaffPlace(turn, services);
    const link = await services.pageLinks.held(id);
    if (!link) return turn.update(await listCard(turn, { which: 'former', page: 1 }, services, GONE));
    const loses = services.house.pages().find(({ kind }) => kind === link.kind)?.loses ?? '';
    turn.update(cards.revokeLinkCard(await shownOf(link, services), loses));
  },
  'staff',
);

export const revoke = action(
  'people.revokeLink',
  LinkChoice,
  redraws(
    async (turn, { link }, services: LinkServices) => {
      await requireStaffPlace(turn, services);
      return services.pageLinks.revoke(turn.person, link);
    },
    (turn, _input, services, word) => listCard(turn, { which: 'former', page: 1 }, services, word),
    (outcome) => (outcome === 'stale' ? GONE : 'Le lien est révoqué : il ne répond plus.'),
  ),
  'staff',
);

/** A new link in the place of a supplier's: a person's own is given to them alone. */
export const replace = action(
  'people.replaceLink',
  LinkChoice,
  async (turn, { link: id }, services: LinkServices) => {
    await requireStaffPlace(turn, services);
    const seen = await services.pageLinks.find(id);
    if (seen.objectId !== '') throw notFound();
    const link = await services.pageLinks.replace(turn.person, id);
    if (!link) return turn.update(await listCard(turn, { which: 'former', page: 1 }, services, GONE));
    turn.update(cards.newLinkCard(await shownOf(link, services)));
  },
  'staff',
);

/** A person's own link that holds no more, and how to have another. */
export async function endedCard(
  link: PageLink,
  services: Omit<LinkServices, 'staffChannel'>,
  byStaff = false,
) {
  const again = services.house.pages().find(({ kind }) => kind === link.kind)?.again ?? '';
  return cards.ownLinkEndedCard(await shownOf(link, services), again, byStaff);
}

/** One's own calendar link, that holds no more from now on. */
export const endOwn = action(
  'people.endLink',
  OwnLink,
  async (turn, { link: id }, services: LinkServices) => {
    const { pageLinks } = services;
    await pageLinks.revoke(turn.person, id, turn.person);
    turn.update(await endedCard(await pageLinks.find(id), services));
  },
);
