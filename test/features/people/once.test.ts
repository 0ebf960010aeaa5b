import { expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { download } from '../../../src/app/doors.ts';
import { colleagues, giveRole } from '../../support/organization.ts';
import { admin, alex, diane, personalChat, samuel, staffRoom } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';
import {
  countOf,
  onEveryDatabase,
  pressOnceFiftyTimes,
  pressTogether,
  sending,
  traces,
} from '../../support/together.ts';

onEveryDatabase({}, (teams, processes) => {
  const jobs = (name: string) => teams.jobs.waiting(name);
  const said = async (person: typeof alex, text: string): Promise<ShownCard> => {
    await teams.says(person, text);
    return teams.lastCard();
  };

  test('a declaration sent fifty times is one membership, one trace and one word to the staff', async () => {
    await teams.install(staffRoom);
    await teams.says(admin, 'désigner ce canal', staffRoom);
    const sent = sending(alex, await said(alex, 'mon organisation'), 'Enregistrer', { other: 'Forêts' });
    const { card } = await pressOnceFiftyTimes(processes(), sent);
    expect(card?.words).toContain('En attente de confirmation');
    expect(await countOf(teams, sql`memberships`)).toBe(1);
    expect(await traces(teams, 'membership.request')).toBe(1);
    expect(await countOf(teams, sql`deliveries where kind = 'people.request'`)).toBe(1);
  });

  test('of fifty bodies declared at once by one person, one membership is left', async () => {
    const card = await said(alex, 'mon organisation');
    const all = processes();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        pressTogether(
          [all[n % all.length] ?? teams],
          sending(alex, card, 'Enregistrer', { other: `Corps ${n}` }),
          1,
        ),
      ),
    );
    expect(await countOf(teams, sql`memberships`)).toBe(1);
    expect(await traces(teams, 'membership.request')).toBe(50);
  });

  test('another body in the same form is another request', async () => {
    const card = await said(alex, 'mon organisation');
    for (const other of ['Forêts', 'Mines'])
      await pressTogether([teams], sending(alex, card, 'Enregistrer', { other }), 2);
    expect(await traces(teams, 'membership.request')).toBe(2);
    expect(await teams.services.organizations.of(alex)).toMatchObject({ organization: 'Mines' });
  });

  test('a request decided fifty times at once is decided once, and the person is told once', async () => {
    await giveRole(teams, diane, 'staff');
    await pressTogether(
      [teams],
      sending(alex, await said(alex, 'mon organisation'), 'Enregistrer', { other: 'Forêts' }),
      1,
    );
    const card = await said(diane, 'adhésions');
    const answers = await pressTogether(processes(), sending(diane, card, 'Confirmer'));
    expect(answers.filter((answer) => answer.card?.words.includes('C’est noté'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.card?.words.includes('déjà été traitée'))).toHaveLength(49);
    expect(await traces(teams, 'membership.confirm')).toBe(1);
    expect(await countOf(teams, sql`deliveries where kind = 'people.decision'`)).toBe(1);
  });

  test('what the release before left to tell is told once, whoever enqueued it', async () => {
    await teams.install(personalChat(alex), alex);
    await giveRole(teams, diane, 'staff');
    await pressTogether(
      [teams],
      sending(alex, await said(alex, 'mon organisation'), 'Enregistrer', { other: 'Forêts' }),
      1,
    );
    const [request] = (await teams.services.organizations.pending(1)).requests;
    const payload = { membership: request?.id };
    await pressTogether([teams], sending(diane, await said(diane, 'adhésions'), 'Confirmer'), 1);
    const before = teams.in(personalChat(alex)).length;
    for (let n = 0; n < 2; n++) await teams.jobs.put({ name: 'people.tellDecision', payload });
    await Promise.all(processes().map((each) => each.runJobs()));
    expect(teams.in(personalChat(alex))).toHaveLength(before + 1);
  });

  test('two who decide otherwise at the same moment: one of them did', async () => {
    for (const person of [diane, samuel]) await giveRole(teams, person, 'staff');
    await pressTogether(
      [teams],
      sending(alex, await said(alex, 'mon organisation'), 'Enregistrer', { other: 'Forêts' }),
      1,
    );
    const card = await said(diane, 'adhésions');
    const [first = teams, second = first] = processes();
    await Promise.all([
      pressTogether([first], sending(diane, card, 'Confirmer'), 1),
      pressTogether([second], sending(samuel, card, 'Refuser'), 1),
    ]);
    expect((await traces(teams, 'membership.confirm')) + (await traces(teams, 'membership.refuse'))).toBe(1);
    expect(await countOf(teams, sql`deliveries where kind = 'people.decision'`)).toBe(1);
  });

  test('a tenant that is let go fifty times at once leaves one trace', async () => {
    await colleagues(teams, [alex], 'Forêts');
    await teams.db.execute(sql`
      insert into tenant_mappings (tenant_id, organization_id, mapped_at)
      select ${alex.tenantId}, id, now() from organizations`);
    const data = { tenant: alex.tenantId };
    await pressOnceFiftyTimes(processes(), { person: admin, verb: 'people.unmap', data });
    expect(await traces(teams, 'tenant.unmap')).toBe(1);
  });

  test('a role given fifty times at once is given once', async () => {
    teams.setRoster([diane]);
    await teams.install(staffRoom);
    await teams.says(admin, 'désigner ce canal', staffRoom);
    const sent = sending(admin, await said(admin, 'équipe'), 'Changer le rôle', {
      member: diane.objectId,
      role: 'staff',
    });
    await pressOnceFiftyTimes(processes(), sent);
    expect(await teams.services.people.roleOf(diane)).toBe('staff');
    expect(await traces(teams, 'role.staff')).toBe(1);
  });

  test('a channel designated fifty times at once is designated once', async () => {
    await teams.install(staffRoom);
    const all = processes();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => all[n % all.length]?.says(admin, 'désigner ce canal', staffRoom)),
    );
    expect(await traces(teams, 'staffChannel.designate')).toBe(1);
    expect(await jobs('knowledge.postWaiting')).toHaveLength(1);
  });

  test('data asked for fifty times at once are behind one link, which works', async () => {
    const sent = sending(alex, await said(alex, 'mes données'), 'Télécharger');
    await pressOnceFiftyTimes(processes(), sent);
    expect(await countOf(teams, sql`download_links`)).toBe(1);
    expect(await traces(teams, 'privacy.export')).toBe(1);
    const { card } = await teams.press(alex, personalChat(alex), sent.verb, sent.data);
    const url = card?.buttons.find((button) => button.url)?.url ?? '';
    expect((await download(url.split('/').at(-1) ?? '', teams.services)).fileName).toContain('mes-donnees');
  });

  test('a link that has expired is good again for whoever asks for it again', async () => {
    const sent = sending(alex, await said(alex, 'mes données'), 'Télécharger');
    await pressTogether([teams], sent, 1);
    teams.clock.advance({ minutes: 20 });
    const { card } = await teams.press(alex, personalChat(alex), sent.verb, sent.data);
    const url = card?.buttons.find((button) => button.url)?.url ?? '';
    expect((await download(url.split('/').at(-1) ?? '', teams.services)).fileName).toContain('mes-donnees');
    expect(await traces(teams, 'privacy.export')).toBe(2);
  });

  test('data erased fifty times at once are erased, with one trace', async () => {
    await teams.services.people.see(alex);
    await teams.says(alex, 'durée maximale d’un contrat');
    const asked = await teams.click(alex, await said(alex, 'mes données'), 'Supprimer');
    const { card } = await pressOnceFiftyTimes(processes(), sending(alex, asked.card, 'Supprimer'));
    expect(card?.template).toBe('people/my-data-erased');
    expect(await traces(teams, 'privacy.erase')).toBe(1);
    expect(await teams.services.people.find(alex)).toBeUndefined();
    expect(await countOf(teams, sql`questions`)).toBe(0);
  });
});
