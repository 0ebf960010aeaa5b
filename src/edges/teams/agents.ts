import { type Agent, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/**
 * How long a connection may have been idle to serve again. Servers close theirs after five seconds or more without a
 * word: a message written at that moment is lost, and nobody can tell whether it was received.
 */
const FRESH_MS = 2_000;

/** What an agent does and its types leave out. */
interface Pooling extends Agent {
  keepSocketAlive(socket: Duplex): boolean;
  addRequest(request: unknown, options: object): void;
}

/** Takes idle connections again only while they are fresh, by the clock: a busy process learns late that one was closed. */
export function fresh<A extends Agent>(agent: A, freshMs = FRESH_MS): A {
  const pooling = agent as unknown as Pooling;
  const idleSince = new WeakMap<object, number>();
  const keep = pooling.keepSocketAlive.bind(agent);
  const add = pooling.addRequest.bind(agent);
  pooling.keepSocketAlive = (socket) => {
    idleSince.set(socket, performance.now());
    return keep(socket);
  };
  pooling.addRequest = (request, options) => {
    const oldest = performance.now() - freshMs;
    for (const idle of Object.values(agent.freeSockets))
      for (const socket of [...(idle ?? [])])
        if ((idleSince.get(socket) ?? 0) < oldest) {
          idle?.splice(idle.indexOf(socket), 1);
          socket.destroy();
        }
    add(request, options);
  };
  return agent;
}

const plain = fresh(new HttpAgent({ keepAlive: true }));
const secured = fresh(new HttpsAgent({ keepAlive: true }));

/** The connections to whatever answers at an address. */
export const agentFor = (url: string): Agent => (url.startsWith('https:') ? secured : plain);
