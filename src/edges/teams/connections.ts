import type { Duplex } from 'node:stream';

/**
 * What a connection is doing: it was refused and lingers, has not brought the head of a request yet, is bringing a
 * body, waits for its next request, is being answered.
 */
type State = 'refused' | 'fresh' | 'reading' | 'idle' | 'answering';
/** Who goes first when another wants in. One that is being answered never does. */
const LET_GO: readonly State[] = ['refused', 'fresh', 'reading', 'idle'];
/** Who has nothing to lose when the server closes. */
const UNOCCUPIED: readonly State[] = ['refused', 'fresh', 'idle'];

/** The connections of a server, never more than so many. */
export function buildConnections(most: number) {
  // In the order in which each came into its state: the first of a state is the one that has been in it longest.
  const states = new Map<Duplex, State>();

  function oldest(state: State): Duplex | undefined {
    for (const [socket, is] of states) if (is === state) return socket;
    return undefined;
  }

  function letGo(socket: Duplex): void {
    states.delete(socket);
    socket.destroy();
  }

  return {
    /** Takes a new connection in; at the limit the least useful one goes, if need be the new one. */
    add(socket: Duplex): void {
      if (states.size >= most) {
        const victim = LET_GO.map(oldest).find((found) => found !== undefined);
        if (!victim) return void socket.destroy();
        letGo(victim);
      }
      states.set(socket, 'fresh');
      socket.once('close', () => states.delete(socket));
    },
    state: (socket: Duplex): State | undefined => states.get(socket),
    become(socket: Duplex, state: State): void {
      if (!states.delete(socket)) return;
      states.set(socket, state);
    },
    /** Ends those that have no request under way. */
    dismiss(): void {
      for (const [socket, state] of [...states]) if (UNOCCUPIED.includes(state)) letGo(socket);
    },
    destroy(): void {
      for (const socket of [...states.keys()]) letGo(socket);
    },
  };
}
