import type { Card } from '../../../../core/card.ts';
import { keyOf } from '../../../../core/chosen-person.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { guide, ORGANIZATION_IDS } from '../../../../core/guide/index.ts';
import { type Page as Paged, pagingRow } from '../../../../core/paging.ts';
import { count, escapeMarkdown } from '../../../../core/text.ts';
import type { Person } from '../../../../core/turn.ts';
import type { NamedBody } from '../store/bodies.ts';
import type { BodyInFull, BodyRecord } from '../store/body-records.ts';
import type { Departure, Things } from '../store/leaving.ts';
import type { RequestGroup } from '../store/members.ts';
import type { Membership, MembershipRequest } from '../store/membership-records.ts';

const STATES: Record<Membership['state'], string> = {
  pending: "En attente de confirmation par l'équipe du Courtier",
  confirmed: 'Confirmée',
  revoked: "Retirée par l'équipe du Courtier : vous n'agissez plus pour cette organisation",
  refused: "Non confirmée : vérifiez le nom, ou écrivez à l'équipe du Courtier",
};

/** A person's public body, and the form to declare or change it. */
export function organizationCard(membership: Membership | undefined, known: readonly string[]): Card {
  return {
    template: 'people/organization',
    summary: membership
      ? `Votre organisation : ${membership.organization}. ${STATES[membership.state]}.`
      : 'Pour quelle organisation travaillez-vous ?',
    view: {
      declared: membership !== undefined,
      confirmed: membership?.state === 'confirmed',
      organization: escapeMarkdown(membership?.organization ?? ''),
      state: membership ? STATES[membership.state] : '',
      hasKnown: known.length > 0,
      label: known.length > 0 ? "Écrire le nom, s'il n'y est pas" : "Nom de l'organisation",
      known: known.map((name) => ({ title: name, value: name })),
    },
  };
}

/** Whether a name that nobody is known by means one of those that are like it. */
export const whichOrganizationCard = (typed: string, near: readonly NamedBody[]): Card => ({
  template: 'people/organization-which',
  summary: `« ${typed} » ressemble à un organisme que je connais. Est-ce le même ?`,
  view: {
    typed: escapeMarkdown(typed),
    choices: [
      ...near.map(({ name }) => ({ title: name, value: name })),
      { title: `Aucun : c'est bien « ${typed} »`, value: typed },
    ],
  },
});

/** What the staff know of a request before they decide. */
function knownOf({ colleagues, neighbours, tenantId, domain }: MembershipRequest): string {
  const there =
    colleagues === 0
      ? 'Personne de confirmé pour cet organisme.'
      : `${count(colleagues, 'personne confirmée', 'personnes confirmées')} pour cet organisme, dont ${neighbours} du même locataire.`;
  const address = domain ? ` Adresse en @${domain}.` : '';
  return escapeMarkdown(`${there} Locataire ${tenantId}.${address}`);
}

const counted = (things: readonly Things[]) =>
  things.map(({ noun, count: n, command }) => ({ what: count(n, ...noun), command }));

/** Before somebody asks for another body: what they will see no more. */
export function leavingCard({ organization, things }: Departure, name: string): Card {
  return {
    template: 'people/leaving',
    summary: `Quitter ${organization} pour ${name} ? Confirmez ou restez.`,
    view: {
      organization: escapeMarkdown(organization),
      name: escapeMarkdown(name),
      asked: name,
      empty: things.length === 0,
      things: counted(things),
    },
  };
}

/** For those who stay: who left their body, and what stays with them. */
export function departureCard({ organization, things, name }: Departure & { readonly name: string }): Card {
  return {
    template: 'people/departure',
    summary: `${name} n’agit plus pour ${organization}. Ce qui a été fait pour l’organisation vous reste.`,
    view: {
      topic: 'Votre organisation',
      title: `${escapeMarkdown(name)} a quitté ${escapeMarkdown(organization)}`,
      text: 'Cette personne n’agit plus pour votre organisation. Ce qu’elle a fait en son nom vous reste : vous pouvez le consulter et le poursuivre.',
      things: counted(things).map((thing) => ({ ...thing, how: `Écrivez « ${thing.command} »` })),
    },
  };
}

/** For the staff: the last person of a body was erased. */
export function orphanedCard({ organization, things }: Departure): Card {
  return {
    template: 'people/departure',
    summary: `Plus personne n’agit pour ${organization}. Ce qui est à l’organisation attend quelqu’un.`,
    view: {
      topic: 'Adhésions',
      title: `Plus personne n’agit pour ${escapeMarkdown(organization)}`,
      text: 'La dernière personne confirmée a supprimé ses données. Rien de ce qui est à l’organisation n’est supprimé : qui y sera confirmé le verra. Vous pouvez joindre l’organisation.',
      things: counted(things).map((thing) => ({ ...thing, how: 'Attend quelqu’un' })),
    },
  };
}

/** For the staff: one of them was erased. */
export const teamLeftCard = (things: readonly Things[]): Card => ({
  template: 'people/departure',
  summary: 'Une personne de l’équipe est partie. Ce qu’elle avait commencé est à reprendre.',
  view: {
    topic: 'Équipe',
    title: 'Une personne de l’équipe est partie',
    text: 'Elle a supprimé ses données. Ce qu’elle avait commencé est rendu à l’équipe : chacun peut le poursuivre.',
    things: counted(things).map((thing) => ({ ...thing, how: `Écrivez « ${thing.command} »` })),
  },
});

/** Membership requests that wait for the broker's staff, a page of them. */
export function membershipsCard(
  list: { requests: readonly MembershipRequest[]; total: number; pages: number },
  near: readonly (readonly NamedBody[])[],
  groups: readonly RequestGroup[],
  page: number,
  timeZone: string,
  notice = '',
): Card {
  const dated = (at: Date) =>
    frenchDate(
      Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate(),
    );
  return {
    template: 'people/memberships',
    summary: `${count(list.total, 'adhésion')} en attente.`,
    view: {
      notice: escapeMarkdown(notice),
      hasNotice: notice !== '',
      headline:
        list.total === 0 ? 'Aucune adhésion en attente.' : `${count(list.total, 'adhésion')} en attente`,
      grouped: groups.length > 0,
      groups: groups.map(({ id, name, requests }) => ({
        body: id,
        text: `**${escapeMarkdown(name)}** : ${count(requests, 'demande')}`,
        title: name,
      })),
      requests: list.requests.map((request, at) => ({
        id: request.id,
        known: knownOf(request),
        hasNear: (near[at] ?? []).some(({ name }) => name !== request.organization),
        near: (near[at] ?? [])
          .filter(({ name }) => name !== request.organization)
          .map(({ id, name }) => ({ title: name, value: id })),
        revision: request.revision,
        person: escapeMarkdown(request.person),
        organization: escapeMarkdown(request.organization),
        since: dated(request.requestedAt),
      })),
      paged: list.pages > 1,
      position: `Page ${page} de ${list.pages}`,
      page,
      hasPrevious: page > 1,
      previous: page - 1,
      hasNext: page < list.pages,
      next: page + 1,
    },
  };
}

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

/** The broker's staff, and the form to change a role. */
/** Before a role is withdrawn: what is under way, and who is to go on with it. */
export function withdrawalCard(leaver: Person, team: readonly Person[], things: readonly Things[]): Card {
  const name = escapeMarkdown(leaver.name);
  return {
    template: 'people/withdrawal',
    summary: `Retirer ${leaver.name} de l’équipe ? Choisissez qui reprend ce qui est en cours.`,
    view: {
      title: `Retirer ${name} de l’équipe ?`,
      text: 'Cette personne ne verra plus rien de l’équipe, et les liens qu’elle a donnés ne mèneront plus à rien : l’équipe en donne de nouveaux avec « liens ».',
      things: counted(things),
      leaver: leaver.objectId,
      heirs: [
        { title: 'L’équipe : chacun peut le prendre', value: '' },
        ...team
          .filter(({ objectId }) => objectId !== leaver.objectId)
          .map((person) => ({ title: person.name, value: keyOf(person) })),
      ],
    },
  };
}

/** For the staff: somebody is of the team no more, and what they looked after is somebody's or to be taken. */
export const roleWithdrawnCard = (name: string, handed: boolean, things: readonly Things[]): Card => ({
  template: 'people/departure',
  summary: `${name} ne fait plus partie de l’équipe. Ce qui était en cours est repris.`,
  view: {
    topic: 'Équipe',
    title: `${escapeMarkdown(name)} ne fait plus partie de l’équipe`,
    text: handed
      ? 'Ce qui était en cours est confié à une ou un collègue de l’équipe. Les liens que cette personne avait donnés ne mènent plus à rien : « liens » en donne de nouveaux.'
      : 'Ce qui était en cours est rendu à l’équipe : chacun peut le prendre. Les liens que cette personne avait donnés ne mènent plus à rien : « liens » en donne de nouveaux.',
    things: counted(things).map((thing) => ({ ...thing, how: `Écrivez « ${thing.command} »` })),
  },
});
