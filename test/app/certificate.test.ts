import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { afterEach, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { buildCertificateWatch } from '../../src/app/certificate.ts';
import { fakeClock } from '../support/clock.ts';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A server whose certificate ends on a day. */
async function serving(notAfterDate: Date): Promise<string> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    notBeforeDate: new Date('2026-01-01'),
    notAfterDate,
  });
  const server = createServer({ key, cert }, (socket) => socket.end());
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('the days that are left are those of the certificate that the public address shows', async () => {
  const clock = fakeClock();
  const watch = buildCertificateWatch(await serving(new Date('2026-12-03T16:00:00Z')), clock);
  await watch.look();
  expect(watch.days()).toBe(10);
  clock.advance({ days: 11 });
  expect(watch.days()).toBe(-1);
});

test('whoever looks does not wait: the first time nothing is known', async () => {
  const watch = buildCertificateWatch(await serving(new Date('2026-12-03')), fakeClock());
  expect(watch.days()).toBeUndefined();
});

test.each(['http://127.0.0.1:1', 'https://127.0.0.1:1'])('%s shows none, and breaks nothing', async (url) => {
  const watch = buildCertificateWatch(url, fakeClock());
  await watch.look();
  expect(watch.days()).toBeUndefined();
});
