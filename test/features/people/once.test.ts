import { expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { download } from '../../../src/app/doors.ts';
import { colleagues, giveRole, staffed } from '../../support/organization.ts';
import { admin, alex, diane, samuel, staffRoom } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import {
  onEveryDatabase,
  pressAllTogether,
  pressOnceFiftyTimes,
  pressTogether,
  sending,
  traces,
} from '../../support/together.ts';

onEveryDatabase({}, (teams, processes, at) => {
  const jobs = (name: string) => teams.jobs.waiting(name);
  const declared = async () =>
    teams.mustClick(alex, await teams.asks(alex, 'mon organisation'), 'Enregistrer', { other: 'Forêts' });

  test('a declaration sent fifty times is one membership, one trace and one word to the staff', async () => {
    await staffed(teams);
    const sent = sending(alex, await teams.asks(alex, 'mon organisation'), 'Enregistrer', {
      other: 'Forêts',
    });
    const { card } = await pressOnceFiftyTimes(processes(), sent);
    expect(card?.words).toContain('En attente de confirmation');
    expect(await countOf(teams, sql`memberships`)).toBe(1);
    expect(await traces(teams, 'membership.request')).toBe(1);
    expect(await countOf(teams, sql`deliveries where kind = 'people.request'`)).toBe(1);
  });

  test('of fifty bodies declared at once by one person, as many as a day takes are asked for, and one membership is left', async () => {
    const card = await teams.asks(alex, 'mon organisation');
    const forms = Array.from({ length: 50 }, (_, n) =>
      sending(alex, card, 'Enregistrer', { other: `Corps ${n}` }),
    );
    await pressAllTogether(processes(), forms);
    expect(await countOf(teams, sql`memberships`)).toBe(1);
    expect(await traces(teams, 'membership.request')).toBe(20);
  });

  test('another body in the same form is another request', async () => {
    const card = await teams.asks(alex, 'mon organisation');
    for (const other of ['Forêts', 'Mines'])
      await pressTogether([teams], sending(alex, card, 'Enregistrer', { other }), 2);
    expect(await traces(teams, 'membership.request')).toBe(2);
    expect(await teams.services.organizations.findMembership(alex)).toMatchObject({ organization: 'Mines' });
  });

  test('a request decided fifty times at once is decided once, and the person is told once', async () => {
    await giveRole(teams, diane, 'staff');
    await declared();
    const card = await teams.asks(diane, 'adhésions');
    const answers = await pressTogether(processes(), sending(diane, card, 'Confirmer'));
    expect(answers.filter((answer) => answer.card?.words.includes('C’est noté'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.card?.words.includes('déjà été traitée'))).toHaveLength(49);
    expect(await traces(teams, 'membership.confirm')).toBe(1);
    expect(await countOf(teams, sql`deliveries where kind = 'people.decision'`)).toBe(1);
  });

  test('what the release before left to tell is told once, whoever enqueued it', async () => {
    await teams.install(alex);
    await giveRole(teams, diane, 'staff');
    await declared();
    const [request] = (await teams.services.organizations.pendingMemberships(1)).requests;
    const payload = { membership: request?.id };
    await pressTogether([teams], sending(diane, await teams.asks(diane, 'adhésions'), 'Confirmer'), 1);
    const before = teams.in(alex).length;
    for (let n = 0; n < 2; n++) await teams.jobs.put({ name: 'people.tellDecision', payload });
    await Promise.all(processes().map((each) => each.runJobs()));
    expect(teams.in(alex)).toHaveLength(before + 1);
  });

  test('two who decide otherwise at the same moment: one of them did', async () => {
    for (const person of [diane, samuel]) await giveRole(teams, person, 'staff');
    await declared();
    const card = await teams.asks(diane, 'adhésions');
    await pressAllTogether(processes(), [
      sending(diane, card, 'Confirmer'),
      sending(samuel, card, 'Oui, refuser'),
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
    await staffed(teams);
    const sent = sending(admin, await teams.asks(admin, 'équipe'), 'Changer le rôle', {
      member: diane.objectId,
      role: 'staff',
    });
    await pressOnceFiftyTimes(processes(), sent);
    expect(await teams.services.people.roleOf(diane)).toBe('staff');
    expect(await traces(teams, 'role.staff')).toBe(1);
  });

  test('a channel designated fifty times at once is designated once', async () => {
    await teams.install(staffRoom);
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => at(n).says(admin, 'désigner ce canal', staffRoom)),
    );
    expect(await traces(teams, 'staffChannel.designate')).toBe(1);
    expect(await jobs('knowledge.postWaiting')).toHaveLength(1);
  });

  test('data asked for fifty times at once are behind one link each for the document and the file, which work', async () => {
    const sent = sending(alex, await teams.asks(alex, 'mes données'), 'Télécharger');
    await pressOnceFiftyTimes(processes(), sent);
    expect(await countOf(teams, sql`download_links`)).toBe(2);
    expect(await traces(teams, 'privacy.export')).toBe(1);
    const card = await teams.mustPress(alex, sent.verb, sent.data);
    expect((await download(card.token(), teams.services)).fileName).toContain('mes-donnees');
  });

  test('a link that has expired is good again for whoever asks for it again', async () => {
    const sent = sending(alex, await teams.asks(alex, 'mes données'), 'Télécharger');
    await pressTogether([teams], sent, 1);
    teams.clock.advance({ minutes: 20 });
    const card = await teams.mustPress(alex, sent.verb, sent.data);
    expect((await download(card.token(), teams.services)).fileName).toContain('mes-donnees');
    expect(await traces(teams, 'privacy.export')).toBe(2);
  });

  test('data erased fifty times at once are erased, with one trace', async () => {
    await teams.services.people.see(alex);
    await teams.says(alex, 'durée maximale d’un contrat');
    const asked = await teams.mustClick(alex, await teams.asks(alex, 'mes données'), 'Supprimer');
    const { card } = await pressOnceFiftyTimes(processes(), sending(alex, asked, 'Supprimer'));
    expect(card?.template).toBe('people/my-data-erased');
    expect(await traces(teams, 'privacy.erase')).toBe(1);
    expect(await teams.services.people.findPerson(alex)).toBeUndefined();
    expect(await countOf(teams, sql`questions`)).toBe(0);
  });
});
