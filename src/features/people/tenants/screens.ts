import { z } from 'zod';
import type { Card } from '../../../core/card.ts';
import { type Page, pagingRow } from '../../../core/cards/paging.ts';
import { frenchDateTime } from '../../../core/clock.ts';
import type { Consent } from '../../../core/ports/directory.ts';
import { action, creating, type MessageRoute } from '../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../core/text/text.ts';
import type { ServedTenant, Tenants } from './store.ts';

export interface TenantServices {
  readonly tenants: Tenants;
  readonly timeZone: string;
}

const Choice = z.object({
  tenant: z.string().min(1).max(100),
  page: z.int().min(1).max(10_000).default(1),
});

/** What a tenant grants, in words. */
export const CONSENTS: Readonly<Record<Consent, string>> = {
  given: 'accordé',
  partial: 'accordé en partie : il manque une des deux permissions',
  missing: 'non accordé',
};

/** « Consentement : accordé, constaté le 23 novembre 2026 à 10 h par Diane Roy ». */
function consentText({ consent }: ServedTenant, timeZone: string): string {
  if (!consent) return 'Consentement : jamais vérifié';
  const by = consent.by ? ` par ${escapeMarkdown(consent.by)}` : '';
  return `Consentement : ${CONSENTS[consent.state]}, constaté le ${frenchDateTime(consent.at, timeZone)}${by}`;
}

/** The tenants that are served, a page of them. */
export const tenantsCard = (list: Page<ServedTenant>, timeZone: string, notice = ''): Card => ({
  template: 'people/mappings',
  summary: `${count(list.total, 'locataire servi', 'locataires servis')}.`,
  view: {
    empty: list.total === 0,
    notice,
    hasNotice: notice !== '',
    mappings: list.items.map((tenant) => ({
      tenant: tenant.tenantId,
      organization: escapeMarkdown(tenant.organization ?? 'Aucune organisation associée'),
      mapped: tenant.organization !== undefined,
      catalogue: tenant.appId
        ? `Catalogue : ${tenant.appId}`
        : 'Catalogue : non indiqué (GRAPH_TEAMS_APP_ID), l’équipe n’y installe rien',
      consent: consentText(tenant, timeZone),
      checkable: tenant.appId !== undefined,
      page: list.page,
    })),
    ...pagingRow(list, 'locataires'),
  },
});

const pageOf = async (page: number, { tenants, timeZone }: TenantServices, notice = ''): Promise<Card> =>
  tenantsCard(await tenants.tenantsPage(page), timeZone, notice);

export const messages: readonly MessageRoute<TenantServices>[] = [
  {
    command: 'locataires',
    description: 'Voir les locataires servis, leur catalogue, leur consentement',
    role: 'admin',
    scopes: ['personal', 'channel', 'group'],
    handle: async (turn, services) => void (await turn.reply(await pageOf(1, services))),
  },
];

export const show = action(
  'people.tenants',
  Choice.pick({ page: true }),
  async (turn, { page }, services: TenantServices) => turn.update(await pageOf(page, services)),
  'admin',
);

const SEEN: Readonly<Record<Consent, string>> = {
  given: 'Ce locataire a consenti : l’assistant peut y être installé.',
  partial:
    'Ce locataire n’a consenti qu’en partie. Demandez à son administration d’approuver de nouveau l’application.',
  missing:
    'Ce locataire n’a pas consenti. Demandez à son administration d’approuver l’application dans Entra.',
};

export const check = creating(
  'people.checkTenant',
  { uncounted: 'It asks Entra for a token, and notes what it says; administrators alone may.' },
  Choice,
  async (turn, { tenant, page }, services: TenantServices) => {
    const consent = await services.tenants.checkConsent(turn.person, tenant, turn.effect);
    turn.update(
      await pageOf(
        page,
        services,
        consent ? SEEN[consent] : 'Aucun catalogue n’est indiqué (GRAPH_TEAMS_APP_ID).',
      ),
    );
  },
  'admin',
);

export const unmap = action(
  'people.unmap',
  Choice,
  async (turn, { tenant, page }, services: TenantServices) => {
    await services.tenants.unmapTenant(turn.person, tenant);
    turn.update(await pageOf(page, services));
  },
  'admin',
);
