import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { compose, readFiles } from '../../src/app/compose.ts';
import { inOrder } from '../../src/app/in-order.ts';
import { type AnyFeature, feature, type Outside, type ServicesOf } from '../../src/core/manifest.ts';
import type { NoticeRoute } from '../../src/core/routes/notices.ts';
import type { ActionRoute } from '../../src/core/routes/turns.ts';
import { buildBusinessDays } from '../../src/core/time/business-days.ts';
import { features } from '../../src/features/registry.ts';
import { unseen } from '../support/delivery.ts';

const nothing = { messages: [], actions: [], jobs: [], templates: [] };
const keys = feature({
  id: 'keys',
  below: [],
  build: () => {
    const shut = { open: () => Promise.reject(new Error('no such link')) };
    return {
      access: { may: async () => false, isStaffRoom: async () => false },
      presence: unseen,
      links: shut,
      pageLinks: { ...shut, used: async () => {} },
    };
  },
  ...nothing,
});
const low = feature({
  id: 'low',
  below: [],
  read: () => 3,
  build: (_ports, _below, three) => ({ three }),
  ...nothing,
});
const high = feature({
  id: 'high',
  below: [low],
  build: (_ports, { three }) => ({ six: three * 2 }),
  ...nothing,
});

type Everything = ServicesOf<readonly [typeof keys, typeof low, typeof high]>;

/** No feature here asks for a port. */
const outside = {
  days: buildBusinessDays(() => new Map()),
  settings: { timeZone: 'America/Toronto', feePercent: 2.5 },
} as unknown as Outside;

test('a feature is built after those below it, wherever it is listed, from what they read and built', () => {
  const list = [high, keys, low];
  const { services } = compose<Everything>(list, outside, readFiles(list));
  expect(services).toMatchObject({ three: 3, six: 6, feePercent: '2.5', timeZone: 'America/Toronto' });
});

test('in the registry, each feature is built after those below it, and every one is built', () => {
  const built: string[] = [];
  for (const { id, below } of inOrder<AnyFeature>(features)) {
    for (const lower of below) expect(built).toContain(lower.id);
    built.push(id);
  }
  expect(built.toSorted()).toEqual(features.map(({ id }) => id).toSorted());
  expect(built.indexOf('people')).toBeLessThan(built.indexOf('catalogue'));
});

test('a feature above one that is not listed is refused, and so is a service that two build', () => {
  expect(() => compose<Everything>([high, keys], outside, readFiles([high, keys]))).toThrow(
    'high is above low',
  );
  const again = { ...low, id: 'again' };
  const list = [keys, low, again];
  expect(() => compose<Everything>(list, outside, readFiles(list))).toThrow('three is built twice');
});

test('types refuse a manifest that is incomplete, or that asks for what nobody builds', () => {
  // @ts-expect-error a notice has a composer
  const mute: NoticeRoute<object> = {
    kind: 'low.mute',
    policy: 'once',
    hours: 'any',
    pausable: false,
    priority: 1,
    subject: z.object({}),
  };
  // @ts-expect-error a verb has a schema
  const open: ActionRoute<object> = { verb: 'low.open', role: 'client', handle: async () => {} };
  const asking = feature({
    id: 'asking',
    below: [],
    build: () => ({ own: 1 }),
    ...nothing,
    // @ts-expect-error `low` is not below it
    resume: async ({ own, three }) => void [own, three],
  });
  expect([mute, open, asking].map((each) => Object.keys(each).length)).toEqual([6, 3, 8]);
});
