import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A front end as clouds give them: it passes each request to the next of the backends that were ready when it last
 * asked, on connections that it keeps. It tries nothing twice.
 */
export async function openFrontEnd(ports: readonly number[], probeMs: number) {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<number>();
  let turn = 0;

  async function probe(port: number): Promise<void> {
    const signal = AbortSignal.timeout(probeMs);
    const ok = await fetch(`http://127.0.0.1:${port}/readyz`, { signal }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) ready.add(port);
    else ready.delete(port);
  }
  const probeAll = () => Promise.all(ports.map(probe));
  await probeAll();
  const probing = setInterval(probeAll, probeMs);

  function pass(from: IncomingMessage, to: ServerResponse): void {
    const backends = [...ready];
    const port = backends[turn++ % backends.length];
    if (port === undefined) return void to.writeHead(503).end();
    const { method, url, headers } = from;
    const onward = request({ agent, host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502);
      answer.pipe(to);
    });
    onward.on('error', () => to.headersSent || to.writeHead(502).end());
    from.pipe(onward);
  }
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The ports of the backends that it believes to be ready. */
    ready,
    close() {
      clearInterval(probing);
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
