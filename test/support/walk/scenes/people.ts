import { sql } from 'drizzle-orm';
import { newId } from '../../../../src/core/id.ts';
import { brokerDate } from '../../../../src/core/time/business-days.ts';
import { features } from '../../../../src/features/registry.ts';
import { anOffer, aSupplier } from '../../fiches.ts';
import { people } from '../../kickoff.ts';
import { colleagues, giveRole } from '../../organization.ts';
import { admin, alex, channel, diane, personalChat, samuel, staffRoom, strangers } from '../../people.ts';
import { hands, newcomer, type Scene, type Teams } from '../hands.ts';

/** Who comes first: all that there is later needs them. */
export function arriving(teams: Teams): readonly Scene[] {
  const { each, says } = hands(teams);
  const { services } = teams;
  return [
    [
      'everybody’s commands',
      async () => {
        await people(teams);
        await colleagues(teams, [samuel], 'Ville de Rimouski');
        teams.setRoster([diane, newcomer(0)]);
        await teams.install(channel);
        const meetings = [anOffer({ id: 'chardon-rencontres', categories: ['visioconference'] })];
        await services.catalogue.publication.publish([aSupplier('chardon', { offers: meetings })], 'command');
        await each(
          features.flatMap(({ messages }) => messages),
          async ({ command, role, scopes }) => {
            const who = role === 'client' ? alex : role === 'staff' ? diane : admin;
            await teams.says(who, command, scopes.includes('personal') ? personalChat(who) : staffRoom);
          },
        );
      },
    ],
    [
      'people who say for whom they work',
      async () => {
        const ask = async (n: number, body: string) => {
          await teams.install(newcomer(n));
          await services.organizations.requestMembership(newcomer(n), body, newId());
        };
        // The first requests are decided one by one, and the tenant of one is confirmed: those who ask for another
        // body still wait. Each has its own moment, for the list to have one order.
        const alone = ['Ville de Gaspé', 'Municipalité de Sept-Îles', 'Université des Laurentides'];
        for (const [at, body] of alone.entries()) {
          await ask(6 + at, body);
          teams.clock.advance({ seconds: 1 });
        }
        await each([1, 2, 3, 4, 5], (n) => ask(n, 'Ville de Matane'));
        teams.clock.advance({ seconds: 1 });
        // Who has not installed the assistant.
        await services.organizations.requestMembership(newcomer(9), 'Ville de Rimousky', newId());
        await says(diane, 'adhésions', 'organismes');
      },
    ],
    [
      'a register of bodies that the staff drop',
      async () => {
        const lines = [
          'Nom;Autres noms;Genre;RCTI;Contacts',
          'Ville de Percé;VP;municipal;non;Ève Roy <eve@perce.example>',
        ];
        await teams.drops(diane, { 'organismes.csv': lines.join('\n') });
        await teams.drops(diane, { 'organismes.csv': [...lines, 'Ville de Chandler;VC;;;'].join('\n') });
        const wrong = Array.from({ length: 20 }, (_, n) => `Ville ${n};;communal;;`);
        await teams.drops(diane, { 'organismes.csv': [...lines, ...wrong].join('\n') });
        await says(diane, 'organismes');
      },
    ],
    [
      'a body of the register',
      async (open) => {
        const towns = await services.organizations.bodiesPage('Ville de Percé', 1);
        for (const { id: body } of towns.items) await open(diane, 'people.openBody', { body });
      },
    ],
    [
      'a tenant whose people need nobody’s word',
      async (open) => {
        // More than a card shows.
        await teams.db.execute(sql`
          insert into tenant_mappings (tenant_id, organization_id, mapped_at)
          select '00000000-0000-4000-8000-00000000007' || n, (select id from organizations where name = 'Ville de Rimouski'), now()
          from generate_series(1, 5) n on conflict do nothing`);
        await says(admin, 'locataires', 'équipe', 'absence');
        await open(admin, 'people.tenants', { page: 1 });
      },
    ],
  ];
}

const SILENT_DAYS = 702;

/** Who is of the staff no more, with a meeting that they look after. */
export function withdrawing(teams: Teams): readonly Scene[] {
  const { held, press } = hands(teams);
  const [, leaver = admin] = strangers(2);
  return [
    [
      'somebody who is of the staff no more',
      async (open) => {
        await giveRole(teams, leaver, 'staff');
        const { kickoff } = await held('Repris');
        await press(leaver, 'kickoff.take', { kickoff });
        await open(admin, 'people.changeRole', { member: leaver.objectId, role: 'client' });
      },
    ],
  ];
}

/** What a person does last. */
export function leaving(teams: Teams): readonly Scene[] {
  const { days, each, says } = hands(teams);
  return [
    [
      'the links that were given',
      async () => {
        const until = teams.clock.now().add({ hours: 24 });
        await each([1, 2, 3], async () => {
          const subject = { kickoff: newId(), supplier: 'airelle' };
          await teams.services.pageLinks.issue('kickoff.supplier', subject, until, diane);
        });
        await says(diane, 'liens');
      },
    ],
    [
      'somebody of whom nothing was heard for nearly two years',
      async () => {
        const then = new Date(teams.clock.now().subtract({ hours: 24 * SILENT_DAYS }).epochMilliseconds);
        await teams.db.execute(
          sql`update people set last_seen = ${then} where object_id = ${samuel.objectId}`,
        );
        await teams.services.silence.warn();
        await days(4);
      },
    ],
    [
      'those who leave, a body that was another, and a campaign that was ended too soon',
      async (open) => {
        // Pressed last: what the scenes before find is as the campaigns that were ended left it.
        const day = brokerDate(teams.clock.now()).add({ years: 1 });
        const kind = 'window' as const;
        const wanted = {
          kind,
          name: 'Plus tard',
          opensOn: day.toString(),
          closesOn: day.add({ days: 9 }).toString(),
          scope: {},
        };
        const { campaigns } = teams.services;
        const { id: campaign, revision } = await campaigns.start(diane, wanted, newId());
        await campaigns.close(diane, campaign, revision);
        await open(diane, 'evaluations.campaign', { campaign });
        await says(alex, 'mon organisation', 'mes données');
        const left = await teams.services.organizations.bodiesPage('Ville de Matane', 1);
        for (const { id: body } of left.items) await open(diane, 'people.members', { body, page: 1 });
        const towns = await teams.services.organizations.bodiesPage('Ville de Chandler', 1);
        for (const { id: body } of towns.items)
          await open(diane, 'people.askMerge', { body, other: 'Ville de Percé' });
      },
    ],
  ];
}
