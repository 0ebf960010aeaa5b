import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { traced, traceId } from '../../../src/core/process/trace.ts';
import { traceTo } from '../../../src/edges/observability/tracing.ts';

const Sent = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({ traceId: z.string(), name: z.string(), status: z.object({ code: z.number() }) }),
          ),
        }),
      ),
    }),
  ),
});

let collector: Server;
let spans: z.output<typeof Sent>['resourceSpans'][number]['scopeSpans'][number]['spans'];
let address: string;

beforeEach(async () => {
  spans = [];
  collector = createServer(async (request, response) => {
    const { resourceSpans } = Sent.parse(await json(request));
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    response.end(request.url === '/v1/traces' ? '{}' : undefined);
  });
  await new Promise<void>((listening) => collector.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(() => {
  collector.close();
});

test('a turn, then the job that it caused, are two spans of one trace, which the log says', async () => {
  const tracing = traceTo(`${address}/`, '1.2.3');
  const id = await traced(undefined, 'turn', async () => traceId());
  await traced(id, 'job test.work', async () => {});
  await tracing.stop();
  expect(spans.map(({ name }) => name)).toEqual(['turn', 'job test.work']);
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([id]));
});

test('what fails is said so, without its words', async () => {
  const tracing = traceTo(address, '1.2.3');
  const failing = traced(undefined, 'delivery test.notice', () => Promise.reject(new Error('Alex Gagnon')));
  await expect(failing).rejects.toThrow('Alex Gagnon');
  await tracing.stop();
  expect(spans.map(({ status }) => status.code)).toEqual([2]);
  expect(JSON.stringify(spans)).not.toContain('Alex');
});

test('a collector that is away holds up nothing, and breaks nothing', async () => {
  collector.close();
  const tracing = traceTo(address, '1.2.3');
  expect(await traced(undefined, 'turn', async () => 'done')).toBe('done');
  await expect(tracing.stop()).resolves.toBeUndefined();
});

test('once it is stopped, nothing is kept', async () => {
  await traceTo(address, '1.2.3').stop();
  await traced(undefined, 'turn', async () => {});
  expect(spans).toEqual([]);
});
