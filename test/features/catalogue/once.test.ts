import { expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../src/core/id.ts';
import { aDocument, aFile } from '../../support/fiches.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, diane, personalChat, silentTurn, staffRoom } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import {
  onEveryDatabase,
  pressOnceFiftyTimes,
  pressTogether,
  sending,
  traces,
} from '../../support/together.ts';

onEveryDatabase({}, (teams, processes, at) => {
  const { name, bytes } = aFile(aDocument());

  test('files dropped once and delivered many times are one upload', async () => {
    await giveRole(teams, diane, 'staff');
    const effect = newId();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        at(n).drops(diane, { [name]: bytes }, personalChat(diane), effect),
      ),
    );
    expect(await countOf(teams, sql`catalogue_uploads`)).toBe(1);
    await teams.drops(diane, { [name]: bytes });
    expect(await countOf(teams, sql`catalogue_uploads`)).toBe(2);
  });

  test('delivered again after its publication, it shows that it is published', async () => {
    await giveRole(teams, diane, 'staff');
    const effect = newId();
    await teams.drops(diane, { [name]: bytes }, personalChat(diane), effect);
    await teams.click(diane, teams.lastCard(), 'Publier');
    await at(1).drops(diane, { [name]: bytes }, personalChat(diane), effect);
    expect(teams.lastCard().offers('Publier')).toBe(false);
    expect(await countOf(teams, sql`catalogue_uploads`)).toBe(1);
  });

  test('a fiche confirmed fifty times at once is published and announced once', async () => {
    await teams.install(staffRoom);
    await teams.says(admin, 'désigner ce canal', staffRoom);
    await giveRole(teams, diane, 'staff');
    await teams.drops(diane, { [name]: bytes });
    await pressTogether(processes(), sending(diane, teams.lastCard(), 'Publier'));
    expect(await countOf(teams, sql`catalogue_fiche_versions`)).toBe(1);
    expect(await traces(teams, 'fiche.publish')).toBe(1);
    expect(await countOf(teams, sql`deliveries where kind = 'catalogue.dayInForce'`)).toBe(1);
  });

  test('the same fiche dropped by fifty and confirmed at once is published once', async () => {
    const staff = Array.from({ length: 20 }, (_, n) => ({
      ...diane,
      objectId: `cccccccc-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`,
    }));
    const cards = [];
    for (const person of staff) {
      await giveRole(teams, person, 'staff');
      await teams.drops(person, { [name]: bytes });
      cards.push({ person, card: teams.lastCard() });
    }
    await Promise.all(
      cards.map(({ person, card }, n) => pressTogether([at(n)], sending(person, card, 'Publier'), 1)),
    );
    expect(await countOf(teams, sql`catalogue_fiche_versions`)).toBe(1);
    expect(await traces(teams, 'fiche.publish')).toBe(1);
  });

  test('a topic followed fifty times at once is followed once', async () => {
    await teams.says(alex, 'abonnements');
    const data = { topic: 'all' };
    await pressOnceFiftyTimes(processes(), { person: alex, verb: 'catalogue.subscribe', data });
    expect(await countOf(teams, sql`catalogue_subscriptions`)).toBe(1);
  });

  test('a form of several topics sent fifty times at once follows each once', async () => {
    const card = await teams.asks(alex, 'abonnements');
    const typed = { everything: 'true', categories: 'courriel,sondage', suppliers: '', prices: 'true' };
    await pressTogether(processes(), sending(alex, card, 'Enregistrer', typed));
    expect(await countOf(teams, sql`catalogue_subscriptions where prices_only`)).toBe(3);
  });

  test('of fifty topics followed at once by somebody who follows fifty, ten are kept', async () => {
    const follow = (from: number) =>
      Promise.allSettled(
        Array.from({ length: 50 }, (_, n) =>
          at(n).services.catalogue.subscriptions.subscribe(silentTurn(alex), {
            kind: 'supplier',
            id: `fournisseur-${from + n}`,
          }),
        ),
      );
    await follow(0);
    const outcomes = await follow(50);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await countOf(teams, sql`catalogue_subscriptions`)).toBe(60);
  });

  test('somebody who follows as much as they may presses again what they follow, and nothing is refused', async () => {
    for (let n = 0; n < 60; n++)
      await teams.services.catalogue.subscriptions.subscribe(silentTurn(alex), {
        kind: 'supplier',
        id: `f-${n}`,
      });
    await teams.services.catalogue.subscriptions.subscribe(silentTurn(alex), { kind: 'supplier', id: 'f-0' });
    expect(await countOf(teams, sql`catalogue_subscriptions`)).toBe(60);
  });

  test('the table asked for fifty times with one button is behind one link', async () => {
    await teams.says(alex, 'catalogue');
    const card = await teams.mustPress(alex, 'catalogue.summary', { page: 1 });
    await pressOnceFiftyTimes(processes(), { person: alex, ...card.buttonFor('catalogue.export') });
    expect(await countOf(teams, sql`download_links`)).toBe(1);
  });
});
