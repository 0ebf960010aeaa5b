import type { Card } from '../../../../core/card.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { dateIn } from '../../../../core/time/days.ts';
import type { NamedBody } from '../store/bodies.ts';
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
function knownOf({ colleagues, neighbours, tenantId, domain, mappedTo }: MembershipRequest): string {
  const there =
    colleagues === 0
      ? 'Personne de confirmé pour cet organisme.'
      : `${count(colleagues, 'personne confirmée', 'personnes confirmées')} pour cet organisme, dont ${neighbours} du même locataire.`;
  const address = domain ? ` Adresse en @${domain}.` : '';
  const leads = mappedTo === null ? '' : `, associé à « ${mappedTo} »`;
  return escapeMarkdown(`${there} Locataire ${tenantId}${leads}.${address}`);
}

/** Who else is confirmed with a tenant; '' for nobody. */
function othersText({ others }: MembershipRequest): string {
  if (others === 0) return '';
  return others === 1
    ? 'L’autre demande de ce locataire pour cet organisme sera confirmée aussi.'
    : `Les ${others} autres demandes de ce locataire pour cet organisme seront confirmées aussi.`;
}

/** That the staff removed or refused the person there before, and when; '' otherwise. */
function formerText({ former }: MembershipRequest, dated: (at: Date) => string): string {
  if (!former) return '';
  const what = former.how === 'revoked' ? 'Adhésion retirée' : 'Demande refusée';
  return `${what} par l’équipe le ${dated(former.at)} : à décider à part.`;
}

/** Membership requests that wait for the broker's staff, a page of them. */
export function membershipsCard(
  list: {
    requests: readonly MembershipRequest[];
    total: number;
    page: number;
    pages: number;
    /** One of them, shown before the others. */
    alone?: boolean;
  },
  near: readonly (readonly NamedBody[])[],
  groups: readonly RequestGroup[],
  timeZone: string,
  notice = '',
): Card {
  const { page } = list;
  const dated = (at: Date) => frenchDate(dateIn(at, timeZone));
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
        former: formerText(request, dated),
        mappable: request.mappedTo === null,
        others: othersText(request),
        hasOthers: request.others > 0,
        hasFormer: request.former !== null,
      })),
      moreWait: list.alone === true && list.total > 1,
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
