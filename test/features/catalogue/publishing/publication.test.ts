import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { Queue } from '../../../../src/core/ports/queue.ts';
import type { Storage } from '../../../../src/edges/storage/index.ts';
import { allVersions, buildPublication, type Fiche } from '../../../../src/features/catalogue/index.ts';
import { buildAnnouncements } from '../../../../src/features/catalogue/publishing/store/announcements.ts';
import { days } from '../../../support/catalogue.ts';
import { fakeClock } from '../../../support/clock.ts';
import { empty } from '../../../support/database.ts';
import { type Engine, engines } from '../../../support/engines.ts';
import { aFiche, anOffer, aSupplier, flat } from '../../../support/fiches.ts';

describe.each(engines)('on $name', ({ open }) => {
  let engine: Engine;
  let storage: Storage;
  beforeAll(async () => {
    engine = await open();
    ({ storage } = engine);
  });
  beforeEach(() => empty(storage));
  afterAll(() => engine.close());

  const publication = () => buildPublication(storage.db, fakeClock(), days);
  const publish = (...fiches: Fiche[]) => publication().publish(fiches, 'command');
  const versions = async () =>
    (await allVersions(storage.db)).map(({ supplier, version }) => `${supplier} ${version}`);
  const priced = (version: string, unitPricePerMonth: string) =>
    aFiche({ version, offers: [anOffer({ tiers: flat(unitPricePerMonth) })] });

  test('the same fiche published twenty times at once is published once', async () => {
    const outcomes = (await Promise.all(Array.from({ length: 20 }, () => publish(aFiche())))).flat();
    expect(outcomes.filter(({ kind }) => kind === 'published')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'unchanged')).toHaveLength(19);
    expect(await versions()).toEqual(['bleuet 2026-11-02']);
  });

  test('of two contents for one version published at once, one is refused', async () => {
    const outcomes = (
      await Promise.all([publish(priced('2026-12-01', '4.00')), publish(priced('2026-12-01', '5.00'))])
    ).flat();
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['published', 'refused']);
  });

  test('of a newer and an older version published at once, the order that results goes forward in time', async () => {
    const outcomes = (
      await Promise.all([publish(aFiche({ version: '2026-11-20' })), publish(aFiche())])
    ).flat();
    const kinds = outcomes.map(({ kind }) => kind);
    expect([
      ['published', 'published'],
      ['published', 'refused'],
    ]).toContainEqual(kinds);
  });

  test('of two suppliers that want one offer id at once, one is refused and holds nothing', async () => {
    const taken = { offers: [anOffer({ id: 'meme-offre' })] };
    const outcomes = (
      await Promise.all([publish(aSupplier('airelle', taken)), publish(aSupplier('bleuet', taken))])
    ).flat();
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['published', 'refused']);
    expect(await versions()).toHaveLength(1);
  });

  test('a refused fiche keeps no offer id for itself', async () => {
    await publish(aFiche());
    const [refused] = await publish(
      aFiche({ version: '2026-10-01', offers: [anOffer(), anOffer({ id: 'libre' })] }),
    );
    expect(refused?.kind).toBe('refused');
    const [other] = await publish(aSupplier('airelle', { offers: [anOffer({ id: 'libre' })] }));
    expect(other?.kind).toBe('published');
  });

  test('a publication that is interrupted leaves nothing, and can begin again', async () => {
    const interrupted = storage.db.transaction(async (tx) => {
      await publication().publishIn(tx, [aFiche(), aSupplier('airelle')], 'command');
      throw new Error('the process died');
    });
    await expect(interrupted).rejects.toThrow('the process died');
    expect(await versions()).toEqual([]);
    expect((await publish(aFiche(), aSupplier('airelle'))).map(({ kind }) => kind)).toEqual([
      'published',
      'published',
    ]);
  });

  test('an import that died half-way goes on where it stopped', async () => {
    const fiches = Array.from({ length: 250 }, (_, n) =>
      aSupplier(`fournisseur-${String(n).padStart(3, '0')}`),
    );
    let done = 0;
    const dying = publication().publish(fiches, 'command', (count) => {
      done = count;
      if (count === 200) throw new Error('the process died');
    });
    await expect(dying).rejects.toThrow('the process died');
    expect(await versions()).toHaveLength(done);
    const outcomes = await publish(...fiches);
    expect(outcomes.filter(({ kind }) => kind === 'unchanged')).toHaveLength(200);
    expect(outcomes.filter(({ kind }) => kind === 'published')).toHaveLength(50);
  });

  test('an offer that left the Catalogue comes back at its price, until the next day on which prices change', async () => {
    const mail = anOffer();
    const textes = anOffer({ id: 'bleuet-textes', name: 'Bleuet Textes', categories: ['tableur'] });
    const versions = [
      aFiche({ version: '2026-11-02', offers: [mail, textes] }),
      aFiche({ version: '2026-11-16', offers: [{ ...mail, status: 'withdrawn' }, textes] }),
      aFiche({ version: '2026-11-17', offers: [textes] }),
      aFiche({
        version: '2026-11-18',
        offers: [textes, anOffer({ id: 'bleuet-neuf', tiers: flat('6.00') })],
      }),
      aFiche({ version: '2026-11-19', offers: [textes, anOffer({ tiers: flat('6.00') })] }),
      aFiche({
        version: '2026-12-01',
        offers: [textes, anOffer({ id: 'bleuet-neuf', tiers: flat('6.00') })],
      }),
    ];
    const kinds = async (fiches: readonly Fiche[]) =>
      (await publication().publish(fiches, 'command')).map(({ kind }) => kind);
    const expected = ['published', 'published', 'published', 'refused', 'refused', 'published'];
    expect([...(await kinds(versions.slice(0, 3))), ...(await kinds(versions.slice(3)))]).toEqual(expected);
  });

  test('versions given in any order are published in the order of their dates', async () => {
    const outcomes = await publish(
      priced('2026-12-01', '6.00'),
      priced('2026-10-01', '4.00'),
      priced('2026-11-02', '5.00'),
    );
    expect(outcomes.map((outcome) => `${outcome.fiche.version} ${outcome.kind}`)).toEqual([
      '2026-10-01 published',
      '2026-11-02 published',
      '2026-12-01 published',
    ]);
  });

  test('the database itself refuses to alter or to remove what was published', async () => {
    await publish(aFiche());
    const change = (statement: string) => storage.db.execute(sql.raw(statement));
    for (const statement of [
      `update catalogue_fiche_versions set content = '{}'`,
      `update catalogue_fiche_versions set version = '2026-01-05'`,
      `update catalogue_fiche_versions set effective_at = now()`,
      'delete from catalogue_fiche_versions',
    ])
      await expect(change(statement)).rejects.toMatchObject({
        cause: { message: 'a published fiche never changes' },
      });
    expect(await versions()).toEqual(['bleuet 2026-11-02']);
  });

  test('several processes that look at once announce a version once', async () => {
    await publish(aFiche());
    const events: object[] = [];
    const queue: Queue = {
      enqueue: async () => {},
      publish: async (_tx, _event, payload) => void events.push(payload),
    };
    const announcements = buildAnnouncements(storage.db, fakeClock(), queue, async () => {});
    await Promise.all(Array.from({ length: 8 }, () => announcements.announceDue()));
    expect(events).toEqual([{ changes: [{ supplier: 'bleuet', version: '2026-11-02', previous: null }] }]);
  });

  test('an announcement whose job cannot be enqueued is made later', async () => {
    await publish(aFiche());
    const events: object[] = [];
    let works = false;
    const queue: Queue = {
      enqueue: async () => {},
      async publish(_tx, _event, payload) {
        if (!works) throw new Error('no queue');
        events.push(payload);
      },
    };
    const announcements = buildAnnouncements(storage.db, fakeClock(), queue, async () => {});
    await expect(announcements.announceDue()).rejects.toThrow('no queue');
    works = true;
    await announcements.announceDue();
    expect(events).toHaveLength(1);
  });
});
