import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const PATIENCE_MS = 30_000;
const STEADY = 4;
/** No backend was ready, as far as the front end knows. */
const NOBODY = 521;

/**
 * A front end as clouds give them: it passes each request to the next of the backends that were ready when it last
 * asked, on connections that it keeps. It tries nothing twice.
 */
export async function openFrontEnd(ports: readonly number[], probeMs: number) {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<number>();
  const inARow = new Map<number, number>();
  const reasons = new Set<string>();
  const asked = new Set<number>();
  let turn = 0;

  async function probe(port: number): Promise<void> {
    // One question at a time: what is slow is not dead.
    if (asked.has(port)) return;
    asked.add(port);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { ok, said } = await fetch(`http://127.0.0.1:${port}/readyz`, { signal }).then(
      async (response) => ({ ok: response.ok, said: await response.text() }),
      () => ({ ok: false, said: '' }),
    );
    if (!ok) reasons.add(/"reason":"(\w+)"/.exec(said)?.[1] ?? 'no answer');
    asked.delete(port);
    inARow.set(port, ok ? (inARow.get(port) ?? 0) + 1 : 0);
    if (ok) ready.add(port);
    else ready.delete(port);
  }
  const probeAll = () => Promise.all(ports.map(probe));
  await probeAll();
  const probing = setInterval(probeAll, probeMs);

  function pass(from: IncomingMessage, to: ServerResponse): void {
    const backends = [...ready];
    const port = backends[turn++ % backends.length];
    if (port === undefined) {
      // Two statements: once restify is loaded, `writeHead` gives nothing back.
      to.writeHead(NOBODY);
      return void to.end();
    }
    const { method, url, headers } = from;
    const onward = request({ agent, host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502);
      answer.pipe(to);
    });
    onward.on('error', () => {
      if (!to.headersSent) to.statusCode = 502;
      to.end();
    });
    from.pipe(onward);
  }
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Why backends were not ready. */
    reasons,
    /** Whether a backend was ready several times in a row: whoever restarts several waits for that. */
    isSteady: (port: number): boolean => (inARow.get(port) ?? 0) >= STEADY,
    close() {
      clearInterval(probing);
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
