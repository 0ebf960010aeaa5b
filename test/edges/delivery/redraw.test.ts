import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type NoticeRules, notice } from '../../../src/core/routes/notices.ts';
import { deliveries as table } from '../../../src/edges/delivery/tables.ts';
import { fakeClock } from '../../support/clock.ts';
import { empty } from '../../support/database.ts';
import { broadcast, chatOf, engine, introduce, personOf, reference } from '../../support/delivery.ts';
import { type Engine, engines } from '../../support/engines.ts';
import { openTeamsServer, type TeamsServer } from '../../support/teams-server.ts';

// A card that follows what it is about: posted once, then edited in place to the newest state.

const CARD = { kind: 'card', key: 'card:1', about: 'card:1', subject: {} };

describe.each(engines)('on $name', ({ open }) => {
  let opened: Engine;
  let teams: TeamsServer;
  let clock: ReturnType<typeof fakeClock>;
  /** What the card says now; undefined when there is nothing to tell. */
  let words: string | undefined;
  /** Happens once, when the card is composed and not yet sent. */
  let meanwhile: (() => Promise<unknown>) | undefined;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await empty(opened.storage);
    clock = fakeClock();
    teams = await openTeamsServer({ perSecond: 1_000_000 });
    words = 'Ouverte';
    meanwhile = undefined;
  });
  afterEach(() => teams.close());

  const compose = async () => {
    const said = words;
    const strike = meanwhile;
    meanwhile = undefined;
    await strike?.();
    return said;
  };
  const kind = (rules: Partial<NoticeRules> & Pick<NoticeRules, 'kind'>) =>
    notice({ policy: 'surely', hours: 'any', pausable: false, priority: 0, ...rules }, z.object({}), compose);

  /** One process, of which there may be several. */
  function built(kinds = [kind({ kind: 'card' }), kind({ kind: 'once', policy: 'once' })]) {
    const { db } = opened.storage;
    const parts = engine({ db, clock, rate: 1_000_000, sleep: async () => {}, notices: kinds });
    const { deliveries } = parts;
    return {
      ...parts,
      redraw: (key = CARD.key) => db.transaction((tx) => deliveries.redraw(tx, key)),
      adopt: (...given: [conversation: string, activity: string]) =>
        db.transaction((tx) => deliveries.adopt(tx, CARD, ...given)),
      /** The thing changes, and its card with it. */
      change: (to: string | undefined, key = CARD.key) =>
        db.transaction(async (tx) => {
          await deliveries.redraw(tx, key);
          words = to;
        }),
    };
  }

  async function posted(changes: object = {}) {
    const parts = built();
    await parts.alone.address({ ...CARD, ...changes }, await introduce(parts.conversations, teams.url, 1));
    await parts.pump.drain();
    return parts;
  }

  const shown = () => teams.accepted().map(({ body, edits }) => [body.text, edits]);

  test('what changes is edited in place, as often as it changes, and is one message', async () => {
    const { change, pump, deliveries } = await posted();
    for (const [n, state] of ['Prise', 'Répondue', 'Fermée'].entries()) {
      await change(state);
      await pump.drain();
      expect(shown()).toEqual([[state, n + 1]]);
    }
    expect(await deliveries.counts(CARD.key)).toMatchObject({ sent: 1, pending: 0 });
    expect(await deliveries.wasPosted(CARD.key, personOf(1))).toBe(true);
  });

  test('what has not been posted is posted as it is by then, once', async () => {
    const { alone, change, pump, conversations } = built();
    await alone.address(CARD, await introduce(conversations, teams.url, 1));
    await change('Prise');
    await pump.drain();
    expect(shown()).toEqual([['Prise', 0]]);
  });

  test('what changes while it is being posted is edited once it is there', async () => {
    const { alone, change, pump, conversations } = built();
    const other = built();
    await alone.address(CARD, await introduce(conversations, teams.url, 1));
    meanwhile = async () => {
      await change('Prise');
      await other.pump.drain();
    };
    await pump.drain();
    expect(shown()).toEqual([['Prise', 1]]);
  });

  test('what changes while it is being edited is edited again', async () => {
    const { change, pump } = await posted();
    const other = built();
    meanwhile = async () => {
      await change('Fermée');
      await other.pump.drain();
    };
    await change('Prise');
    await pump.drain();
    expect(shown()).toEqual([['Fermée', 2]]);
  });

  test('changes at once, while two processes send, end in the newest', async () => {
    const { alone, pump, conversations } = built();
    const processes = [built(), built()];
    await alone.address(CARD, await introduce(conversations, teams.url, 1));
    await Promise.all([
      pump.drain(),
      ...Array.from({ length: 20 }, async (_, n) => {
        await processes[n % 2]?.change(`État ${n}`);
        await processes[(n + 1) % 2]?.pump.drain();
      }),
    ]);
    await pump.drain();
    expect(teams.accepted().map(({ body }) => body.text)).toEqual([words]);
  });

  test.each([{ status: 502 }, { status: 500 }, 'reset'] as const)(
    'an edit that is lost (%j) is done again, to the newest',
    async (fault) => {
      const { change, pump } = await posted();
      teams.replan(({ n }) => (n === 2 ? fault : undefined));
      await change('Prise');
      await pump.drain();
      expect(shown()).toEqual([['Ouverte', 0]]);
      words = 'Fermée';
      clock.advance({ seconds: 5 });
      await pump.drain();
      expect(shown()).toEqual([['Fermée', 1]]);
    },
  );

  test('an edit whose process ended is done by another', async () => {
    const { change, pump } = await posted();
    await change('Prise');
    const leasedAt = new Date(clock.now().epochMilliseconds);
    await opened.storage.db
      .update(table)
      .set({ state: 'sending', leasedAt })
      .where(eq(table.notice, CARD.key));
    await pump.drain();
    expect(shown()).toEqual([['Ouverte', 0]]);
    clock.advance({ seconds: 40 });
    await built().pump.drain();
    expect(shown()).toEqual([['Prise', 1]]);
  });

  test('an edit that failed for good, or whose message is gone, is tried again at the next change', async () => {
    const { change, pump, deliveries } = await posted();
    teams.replan(() => ({ status: 400 }));
    await change('Prise');
    await pump.drain();
    expect(await deliveries.counts(CARD.key)).toMatchObject({ dead: 1 });
    teams.replan(() => undefined);
    await change('Fermée');
    await pump.drain();
    expect(shown()).toEqual([['Fermée', 1]]);
  });

  test('whoever cannot be reached keeps nobody waiting, and sees the newest when they can be', async () => {
    const { alone, change, pump, conversations, deliveries } = built();
    await introduce(conversations, teams.url, 1);
    await alone.address(CARD, [personOf(2), personOf(1)]);
    await pump.drain();
    await change('Prise');
    await pump.drain();
    expect(shown()).toEqual([['Prise', 1]]);
    expect(await deliveries.counts(CARD.key)).toMatchObject({ sent: 1, unreachable: 1 });
    await conversations.remember(reference(teams.url, 2));
    await pump.drain();
    expect(shown()).toEqual([
      ['Prise', 1],
      ['Prise', 0],
    ]);
  });

  test('a change of an undone transaction is not drawn', async () => {
    const { deliveries, pump } = await posted();
    await opened.storage.db
      .transaction(async (tx) => {
        await deliveries.redraw(tx, CARD.key);
        throw new Error('undone');
      })
      .catch(() => {});
    await pump.drain();
    expect(teams.calls).toHaveLength(1);
  });

  test('what there is nothing to tell of stays as it was, and is told when there is', async () => {
    words = undefined;
    const { change, pump } = await posted();
    expect(shown()).toEqual([]);
    await change('Rouverte');
    await pump.drain();
    expect(shown()).toEqual([['Rouverte', 0]]);
    await change(undefined);
    await pump.drain();
    expect(shown()).toEqual([['Rouverte', 0]]);
    await change('Fermée');
    await pump.drain();
    expect(shown()).toEqual([['Fermée', 1]]);
  });

  test('what may have been received is posted again by a change only where that is its policy', async () => {
    teams.replan(() => ({ status: 500 }));
    const { change, pump, deliveries } = await posted({ kind: 'once' });
    expect(await deliveries.counts(CARD.key)).toMatchObject({ unknown: 1 });
    await change('Prise');
    await pump.drain();
    expect(teams.calls).toHaveLength(1);

    const sure = { ...CARD, key: 'card:2' };
    const { alone } = built();
    await alone.address(sure, [personOf(1)]);
    await pump.drain();
    clock.advance({ seconds: 5 });
    await pump.drain();
    expect(await deliveries.counts(sure.key)).toMatchObject({ unknown: 1 });
    teams.replan(() => undefined);
    await change('Fermée', sure.key);
    await pump.drain();
    expect(shown()).toEqual([['Fermée', 0]]);
  });

  test('a message that was posted otherwise is redrawn in its place; where nobody is known, nothing is', async () => {
    const { adopt, alone, change, pump, conversations } = built();
    await introduce(conversations, teams.url, 1);
    await alone.address(broadcast({ key: 'reply', subject: { words: 'En réponse' } }), [personOf(1)]);
    await pump.drain();
    const [reply] = teams.accepted();
    for (let n = 0; n < 2; n++) await adopt(chatOf(1), reply?.activity ?? '');
    await adopt('elsewhere', 'activity-9');
    expect(shown()).toEqual([['En réponse', 0]]);
    await change('Prise');
    await pump.drain();
    expect(shown()).toEqual([['Prise', 1]]);
  });

  // Beside the release before, and the one after.

  test('a kind that this process does not know is left to one that does', async () => {
    const { alone, conversations } = built();
    const older = built([]);
    await alone.address(CARD, await introduce(conversations, teams.url, 1));
    await older.pump.drain();
    expect(teams.calls).toHaveLength(0);
    clock.advance({ seconds: 20 });
    await built().pump.drain();
    expect(shown()).toEqual([['Ouverte', 0]]);
  });

  test('what the release before took for unreachable, for want of knowing it, is sent; what is, is not', async () => {
    const { alone, conversations, pump, deliveries } = built();
    await introduce(conversations, teams.url, 1);
    await alone.address(CARD, [personOf(1), personOf(2)]);
    await opened.storage.db.update(table).set({
      state: 'unreachable',
      reason: 'notInstalled',
      changedAt: new Date(clock.now().epochMilliseconds),
    });
    await pump.drain();
    expect(shown()).toEqual([['Ouverte', 0]]);
    expect(await deliveries.counts(CARD.key)).toMatchObject({ sent: 1, unreachable: 1 });
  });

  test('an answer does not wait for a broadcast that is leaving', async () => {
    const people = 500;
    const { alone, pump, conversations } = built();
    const to = await introduce(conversations, teams.url, people + 1);
    await alone.address(broadcast(), to.slice(0, people));
    const leaving = pump.drain();
    await teams.has(20);
    await alone.address(CARD, to.slice(people));
    await leaving;
    const at = teams.accepted().findIndex(({ conversation }) => conversation === chatOf(people + 1));
    // After those that were reserved already, a hundred at a time.
    expect(at).toBeLessThan(250);
    expect(teams.accepted()).toHaveLength(people + 1);
  });
});
