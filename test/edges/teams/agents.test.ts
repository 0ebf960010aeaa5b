import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fresh } from '../../../src/edges/teams/agents.ts';

const server = createServer((_request, response) => response.end('ok'));
let connections: number;
server.on('connection', () => connections++);

beforeEach(async () => {
  connections = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** One exchange, until its connection is idle. */
async function exchange(agent: Agent): Promise<void> {
  const idle = new Promise((resolve) => agent.once('free', resolve));
  const { port } = server.address() as AddressInfo;
  request({ agent, port, host: '127.0.0.1' }, (response) => response.resume()).end();
  await idle;
  await new Promise((resolve) => setImmediate(resolve));
}

test('a connection that has just served serves again', async () => {
  const agent = fresh(new Agent({ keepAlive: true }), 60_000);
  for (let n = 0; n < 3; n++) await exchange(agent);
  expect(connections).toBe(1);
  agent.destroy();
});

test('a connection that has been idle too long is closed, and another is opened', async () => {
  const agent = fresh(new Agent({ keepAlive: true }), -1);
  for (let n = 0; n < 3; n++) await exchange(agent);
  expect(connections).toBe(3);
  agent.destroy();
});
