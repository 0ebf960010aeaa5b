import type { Card } from '../../../../core/card.ts';
import { type Page as Paged, pagingRow } from '../../../../core/cards/paging.ts';
import { guide, ORGANIZATION_IDS } from '../../../../core/guide/index.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { BodyInFull, BodyRecord } from '../store/body-records.ts';

/** The bodies that people act for, a page of them, and the form to search them. */
export function bodiesCard(page: Paged<BodyRecord>, search: string): Card {
  return {
    template: 'people/bodies',
    summary: `${count(page.total, 'organisme')}.`,
    view: {
      headline: page.total === 0 ? 'Aucun organisme ne porte ce nom.' : count(page.total, 'organisme'),
      search,
      bodies: page.items.map(({ id, name, members }) => ({
        id,
        name: escapeMarkdown(name),
        title: name,
        members: count(members, 'personne confirmée', 'personnes confirmées'),
      })),
      ...pagingRow(page, page.total < 2 ? 'organisme' : 'organismes'),
    },
  };
}

/** The kinds of the guide, to choose from (section 2.4). */
const kindChoices = (): { title: string; value: string }[] => [
  ...ORGANIZATION_IDS.map((id) => ({ title: guide().organizations[id].title, value: id })),
  { title: 'Aucun de ces genres', value: 'other' },
];

/** What is known of a body's kind, and who said it. */
function kindText({ kind, rcti, confirmed }: BodyRecord): string {
  if (kind === null) return 'Genre : personne ne l’a dit encore.';
  const title = kindChoices().find(({ value }) => value === kind)?.title ?? kind;
  const bound = rcti === null ? '' : rcti ? ' · Article 48 du RCTI : oui' : ' · Article 48 du RCTI : non';
  return `${title}${bound} · ${confirmed ? 'confirmé par l’équipe' : 'dit par un membre'}`;
}

/** One body, and what may be corrected in it. */
export const bodyCard = (body: BodyInFull, notice: string): Card => {
  const { id, name, revision, members, aliases, contacts, tenants, waiting, kind, rcti } = body;
  const headline = count(members, 'personne confirmée', 'personnes confirmées');
  return {
    template: 'people/body',
    summary: `${name} : ${headline}.`,
    view: {
      id,
      revision,
      name: escapeMarkdown(name),
      value: name,
      members: [
        headline,
        waiting > 0 ? `${count(waiting, 'demande')} en attente` : '',
        tenants > 0 ? count(tenants, 'locataire associé', 'locataires associés') : '',
      ]
        .filter(Boolean)
        .join(' · '),
      kindText: kindText(body),
      kind: kind ?? '',
      kinds: kindChoices(),
      rcti: rcti === null ? '' : rcti ? 'yes' : 'no',
      notice: escapeMarkdown(notice),
      hasNotice: notice !== '',
      hasAliases: aliases.length > 0,
      aliases: aliases.map((alias) => ({ alias, shown: escapeMarkdown(alias) })),
      hasContacts: contacts.length > 0,
      contacts: contacts.map((contact) => ({
        email: contact.email,
        shown: escapeMarkdown(
          contact.name === contact.email ? contact.email : `${contact.name} · ${contact.email}`,
        ),
      })),
    },
  };
};
