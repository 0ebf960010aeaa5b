import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';

// Teams, which takes all, on a thread that does nothing else: what it tells of each request is when it came, in
// milliseconds of a clock that nobody sets. Its first word is its port.

const port = parentPort;
if (!port) throw new Error('the listener is a thread of a bench');
let taken = 0;
const server = createServer((request, response) => {
  port.postMessage(performance.timeOrigin + performance.now());
  request.resume().on('end', () => {
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(`{"id":"${++taken}"}`);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
port.postMessage((server.address() as AddressInfo).port);
