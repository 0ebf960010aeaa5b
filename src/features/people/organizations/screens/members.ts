import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { revision, sure } from '../../../../core/cards/form.ts';
import { type Page, pagingRow } from '../../../../core/cards/paging.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { warnsFirst } from '../../../../core/cards/warning-first.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { Id, idsTogether } from '../../../../core/id.ts';
import type { House } from '../../../../core/manifest.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { dateIn } from '../../../../core/time/days.ts';
import type { MemberRecord } from '../store/members.ts';
import { TOGETHER } from '../store/members.ts';
import type { Organizations } from '../store/organizations.ts';
import { membershipsPageOf } from './deciding.ts';

interface MemberServices {
  readonly organizations: Organizations;
  readonly house: Pick<House, 'holdersOf'>;
  readonly timeZone: string;
}

const Members = z.object({ body: Id, page: z.int().min(1).max(10_000).default(1) });
const Revocation = Members.extend({ membership: Id, revision: revision() });
const Group = z.object({ body: Id });
const Together = Group.extend({
  shown: idsTogether(TOGETHER),
  ...sure,
});
/** The same as its card sends it, or as it was read. */
const Shown = Together.extend({ shown: z.union([z.array(Id), Together.shape.shown]) });

const dated = (at: Date, timeZone: string): string => frenchDate(dateIn(at, timeZone));

function membersCard(
  { id, name }: { readonly id: string; readonly name: string },
  page: Page<MemberRecord>,
  timeZone: string,
  notice: string,
): Card {
  const headline = count(page.total, 'personne confirmée', 'personnes confirmées');
  return {
    template: 'people/members',
    summary: `${name} : ${headline}.`,
    view: {
      body: id,
      page: page.page,
      organization: escapeMarkdown(name),
      headline,
      notice: escapeMarkdown(notice),
      hasNotice: notice !== '',
      members: page.items.map((member) => ({
        membership: member.id,
        revision: member.revision,
        name: escapeMarkdown(member.name),
        since: `Depuis le ${dated(member.at, timeZone)}${member.domain ? escapeMarkdown(` · @${member.domain}`) : ''}`,
      })),
      ...pagingRow(page, page.total > 1 ? 'personnes' : 'personne'),
    },
  };
}

/** Those who ask to act for one body, to be confirmed together; `shown`: those whom the button is about. */
function togetherCard(
  { id, name }: { readonly id: string; readonly name: string },
  { requests, total, apart }: Awaited<ReturnType<Organizations['requestsFor']>>,
  timeZone: string,
  shown: readonly string[] = requests.map(({ id }) => id),
): Card {
  return {
    template: 'people/members-together',
    summary: `${count(total, 'demande')} pour ${name}.`,
    view: {
      body: id,
      organization: escapeMarkdown(name),
      headline:
        total > requests.length
          ? `Les ${requests.length} premières de ${total} demandes`
          : count(total, 'demande'),
      empty: requests.length === 0,
      hasApart: apart > 0,
      apart:
        apart === 1
          ? 'Une personne que l’équipe avait retirée ou refusée n’y est pas : décidez-en dans la liste des demandes.'
          : `${apart} personnes que l’équipe avait retirées ou refusées n’y sont pas : décidez-en dans la liste des demandes.`,
      requests: requests.map((request) => ({
        text: escapeMarkdown(
          `${request.name}, depuis le ${dated(request.at, timeZone)}${request.domain ? `, @${request.domain}` : ''}, locataire ${request.tenantId.slice(0, 8)}`,
        ),
      })),
      shown: shown.join(','),
      confirm:
        requests.length === 1 ? 'Confirmer cette demande' : `Confirmer ces ${requests.length} demandes`,
    },
  };
}

const membersDrawn = async (
  _turn: unknown,
  { body, page }: { readonly body: string; readonly page: number },
  { organizations, timeZone }: MemberServices,
  word: string,
): Promise<Card> =>
  membersCard(await organizations.body(body), await organizations.membersPage(body, page), timeZone, word);

export const members = action('people.members', Members, draws(membersDrawn), 'staff');

export const revoke = action(
  'people.revoke',
  Revocation,
  redraws(
    (turn, { membership, revision: seen }, { organizations }: MemberServices) =>
      organizations.revokeMembership(turn.person, membership, seen),
    membersDrawn,
    (outcome) =>
      outcome === 'done'
        ? 'C’est fait : cette personne n’agit plus pour l’organisme. Elle en est informée.'
        : 'Cette adhésion n’est plus ce qui était montré. Voici ce qu’il en est.',
  ),
  'staff',
);

export const askTogether = action(
  'people.askTogether',
  Group,
  draws(async (_turn, { body }, { organizations, timeZone }: MemberServices) => {
    const asking = await organizations.requestsFor(body);
    return togetherCard(await organizations.body(body), asking, timeZone);
  }),
  'staff',
);

/** Requests of which colleagues have some in hand are asked about first: those that were shown and still wait. */
const warned = warnsFirst(
  Shown,
  ({ shown }) => ({ kind: 'membership', ids: shown, noun: 'demandes' }),
  async (_turn, { body, shown }, { organizations, timeZone }: MemberServices) => {
    const asking = await organizations.requestsFor(body, shown);
    return togetherCard(await organizations.body(body), asking, timeZone, shown);
  },
);

export const confirmTogether = warned(
  action(
    'people.confirmTogether',
    Together,
    redraws(
      (turn, { body, shown }, { organizations }: MemberServices) =>
        organizations.confirmTogether(turn.person, body, shown),
      (_turn, _input, services: MemberServices, word) => membershipsPageOf(1, services, word),
      (n) =>
        n === 0
          ? 'Ces demandes ont déjà été traitées.'
          : `${count(n, 'adhésion confirmée', 'adhésions confirmées')}. Chaque personne en est informée.`,
    ),
    'staff',
  ),
);
