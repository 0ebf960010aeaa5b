import { Command } from 'commander';
import { installerFor } from '../app/graph.ts';
import { type Environment, readConfig } from '../config.ts';
import { CourtierError } from '../core/errors.ts';
import type { Consent } from '../core/ports/directory.ts';
import { count } from '../core/text/text.ts';
import { brokerDate } from '../core/time/business-days.ts';
import { buildIdentity } from '../edges/entra/index.ts';
import { buildTenantRecords, CONSENTS, type ServedTenant } from '../features/people/index.ts';
import { withDatabase } from './database.ts';
import { out } from './output.ts';

interface Options {
  readonly json?: boolean;
  readonly verifier?: boolean;
}

/** `locataires`: the tenants that are served, their catalogue and what they granted; `--verifier` asks Entra now. */
export function tenantsCommand(env: Environment): Command {
  return new Command('locataires')
    .description('Les locataires servis : catalogue, consentement et qui l’a constaté')
    .option('--verifier', 'demander à Entra un jeton de chacun, et dire ce qu’il accorde aujourd’hui')
    .option('--json', 'un document JSON')
    .action(async ({ json, verifier }: Options) => {
      const config = readConfig(env);
      const installer = installerFor(config, config.bot && buildIdentity(config.bot));
      if (verifier && !installer)
        throw new CourtierError('invalid', 'GRAPH_TEAMS_APP_ID est absent : il n’y a rien à vérifier.');
      const served = await withDatabase(env, async (db) => {
        const tenants = buildTenantRecords({ db, installer, served: config.tenants });
        const all: ServedTenant[] = [];
        for (let page = 1, pages = 1; page <= pages; page++) {
          const read = await tenants.tenantsPage(page);
          pages = read.pages;
          all.push(...read.items);
        }
        return all;
      });
      const now: Record<string, Consent | undefined> = {};
      if (verifier) for (const { tenantId } of served) now[tenantId] = await installer?.consent(tenantId);
      if (json)
        return out(JSON.stringify({ tenants: served.map((each) => ({ ...each, now: now[each.tenantId] })) }));
      out(`${count(served.length, 'locataire servi', 'locataires servis')}.`);
      for (const each of served) out(lineOf(each, now[each.tenantId]));
    });
}

function lineOf({ tenantId, organization, appId, consent }: ServedTenant, now: Consent | undefined): string {
  const seen = consent
    ? `${CONSENTS[consent.state]}, constaté le ${brokerDate(consent.at)}`
    : 'jamais vérifié';
  const by = consent?.by ? ` par ${consent.by}` : '';
  return [
    tenantId,
    organization ?? 'aucune organisation associée',
    `catalogue ${appId ?? 'non indiqué'}`,
    `consentement ${seen}${by}`,
    ...(now ? [`aujourd’hui ${CONSENTS[now]}`] : []),
  ].join(' · ');
}
