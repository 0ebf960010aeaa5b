import type { Card } from '../../../../core/card.ts';
import { type Page, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { PageLink } from '../store/link-rows.ts';
import type { Given } from '../store/page-links.ts';

/** A link with what its feature says of it. */
export interface ShownLink {
  readonly link: PageLink;
  readonly title: string;
  /** What it is about; undefined when it leads nowhere any more. */
  readonly about: string | undefined;
}

export type Which = 'alive' | 'former';

const dated = (at: Date): string => frenchDate(brokerDate(at));

const nameOf = ({ title, link }: ShownLink): string => `Nº ${link.number} · ${title}`;
const aboutOf = ({ about }: ShownLink): string =>
  escapeMarkdown(about ?? 'Ce à quoi il menait n’est plus là : il ne montre rien.');

const usedText = ({ usedOn }: PageLink): string =>
  usedOn ? `Utilisé la dernière fois le ${frenchDay(usedOn)}.` : 'Jamais utilisé.';

function historyOf(link: PageLink): string {
  const { madeBy, madeAt, until, revokedAt, revokedBy } = link;
  // Those that a page gives by itself, and those of the release before, were asked for by nobody who is known.
  const made = madeBy ? `Demandé par ${madeBy} le ${dated(madeAt)}.` : `Connu depuis le ${dated(madeAt)}.`;
  const end = revokedAt
    ? `Révoqué le ${dated(revokedAt)}${revokedBy ? ` par ${revokedBy}` : ''}.`
    : `Bon jusqu’au ${dated(until)}.`;
  return escapeMarkdown(`${made} ${usedText(link)} ${end}`);
}

/** The links, for the staff: those that hold, or the former ones. */
export const linksCard = (page: Page<ShownLink>, which: Which, notice: string): Card => ({
  template: 'people/links',
  summary:
    which === 'alive'
      ? `${count(page.total, 'lien')} en vigueur.`
      : `${count(page.total, 'ancien lien', 'anciens liens')}.`,
  view: {
    headline:
      which === 'alive'
        ? count(page.total, 'lien en vigueur', 'liens en vigueur')
        : count(page.total, 'ancien lien', 'anciens liens'),
    which,
    alive: which === 'alive',
    notice: escapeMarkdown(notice),
    hasNotice: notice !== '',
    links: page.items.map((shown) => ({
      id: shown.link.id,
      name: nameOf(shown),
      about: aboutOf(shown),
      history: historyOf(shown.link),
      holds: which === 'alive',
    })),
    ...pagingRow(page, page.total < 2 ? 'lien' : 'liens'),
  },
});

/** Before a link is revoked: who loses what. */
export const revokeLinkCard = (shown: ShownLink, loses: string): Card => ({
  template: 'people/link-revoke',
  summary: `Révoquer le lien nº ${shown.link.number} ? Confirmez ou annulez.`,
  view: {
    link: shown.link.id,
    number: String(shown.link.number),
    title: shown.title,
    about: aboutOf(shown),
    history: historyOf(shown.link),
    loses,
    // A person's own is theirs to ask for again: nobody else holds its address.
    replaceable: shown.link.objectId === '',
  },
});

/** A new link in the place of another, to hand over. */
export const newLinkCard = (shown: ShownLink & { readonly link: Given }): Card => ({
  template: 'people/link',
  summary: `Le lien nº ${shown.link.number} remplace l’ancien.`,
  view: {
    number: String(shown.link.number),
    title: shown.title,
    about: aboutOf(shown),
    url: shown.link.url,
    until: `Bon jusqu’au ${dated(shown.link.until)}. L’ancien ne répond plus. Transmettez celui-ci à la même personne seulement : qui le détient peut s’en servir.`,
  },
});

/** One's own link holds no more: one ended it, or the staff did. */
export const ownLinkEndedCard = (shown: ShownLink, again: string, byStaff = false): Card => ({
  template: 'people/link-ended',
  summary: byStaff
    ? `L’équipe du Courtier a révoqué votre lien nº ${shown.link.number}. ${again}`
    : `Le lien nº ${shown.link.number} ne répond plus.`,
  view: {
    number: String(shown.link.number),
    about: aboutOf(shown),
    byStaff,
    again,
  },
});
