import { type House, openHouse, type Surroundings } from './house.ts';
import type { Store } from './store.ts';
import type { Ground } from './world.ts';

/**
 * Until a process that died works again. It is longer than what it had claimed stays its own, which others wait for: only
 * the world makes time pass.
 */
const RESTARTED_AFTER = { seconds: 30 } as const;

export type Processes = Awaited<ReturnType<typeof openProcesses>>;

/** The house in two processes on one database, each with its own line to it; either may die, and is started again. */
export async function openProcesses({ clock, history }: Ground, store: Store, outside: Surroundings) {
  /** The database is away: nobody died of it. */
  let cutOff = false;
  const start = (process: number): House => openHouse(process, store.line(), outside);
  const houses: House[] = [start(0), start(1)];
  const onlooker = start(0);
  await Promise.all(houses.map((house) => house.refresh()));

  /** Does some work in a process; one that dies on the way is started again. */
  async function inProcess(house: House, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!house.line.cut) throw error;
    }
    if (!house.line.cut || cutOff) return;
    house.kill();
    const at = houses.indexOf(house);
    if (at < 0) return;
    history.add({ at: clock.now(), who: 'Panne', what: `le processus ${at + 1} est mort, et redémarre` });
    clock.advance(RESTARTED_AFTER);
    const again = start(at);
    houses[at] = again;
    await again.refresh();
  }

  return {
    houses,
    houseFor: (n: number): House => houses[n % houses.length] as House,
    /** For whoever looks from outside: a process that nothing befalls, and that nobody speaks to. */
    services: () => onlooker.services,
    /** A process that died says nothing any more. */
    isSilent: (house: House): boolean => house.line.cut && !cutOff,

    inProcess,

    /** A second has passed: what each process kept in its memory for a database that was away is written. */
    async settle(): Promise<void> {
      for (const house of [...houses])
        if (!house.line.cut) await inProcess(house, () => house.services.afterwards.settle());
    },

    /** Each process looks at what others changed; one that dies of it is not left for dead until it is asked for something. */
    async refresh(): Promise<void> {
      for (const house of [...houses]) await inProcess(house, () => house.refresh());
    },

    /** The database is away while something is done, for both processes: they live on. */
    async whileCut(work: () => Promise<void>): Promise<void> {
      cutOff = true;
      for (const { line } of houses) line.cut = true;
      try {
        await work();
      } finally {
        cutOff = false;
        for (const { line } of houses) line.cut = false;
      }
    },
  };
}
