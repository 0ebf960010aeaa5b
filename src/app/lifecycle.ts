import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { Card } from '../core/card.ts';
import { giveBack } from '../core/cards/giving-back.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import { CourtierError } from '../core/errors.ts';
import { guide, openGuide } from '../core/guide/index.ts';
import type { Log } from '../core/ports/log.ts';
import { prepareQueue } from '../edges/queue/index.ts';
import { buildSharedClock, type Storage } from '../edges/storage/index.ts';
import { features } from '../features/registry.ts';
import { assemble, type Parts, readAll } from './assemble.ts';
import { LONGEST_STOP_MS, stopping } from './stopping.ts';
import { logFigures } from './watching.ts';

export type Running = Awaited<ReturnType<typeof start>>;

/** How often a process looks for what another one changed. */
const REFRESH_MS = 5_000;
const WARM_AFTER_MS = 500;
/** What most messages are answered with: to draw one, empty, loads what draws them all. */
const FIRST: Card = { template: 'knowledge/answer', summary: '', view: {} };
/** How often a process compares its clock with the database's. */
const AGREE_MS = 60_000;

/**
 * Starts the whole assistant on a database that is being opened: queue, Teams, HTTP. Its time is the database's,
 * unless it is given a clock. Throws a `CourtierError` with a sentence for whoever can mend what is wrong.
 */
export async function start(config: Config, opening: Promise<Storage>, log: Log, given?: Clock) {
  openGuide(config.guideDir, config.guideUrl);
  guide();
  const files = readAll();
  const storage = await opening;
  const timers: NodeJS.Timeout[] = [];
  let phase: 'starting' | 'working' | 'stopping' = 'starting';
  let parts: Parts | undefined;
  /** What the others and the staff changed is known: turns may begin. */
  const opened = Promise.withResolvers<void>();

  /** Why it cannot work, in a word for the probes; undefined when it can. */
  async function ready(): Promise<string | undefined> {
    if (phase !== 'working' || !parts) return phase;
    return (await storage.trouble()) ?? (parts.jobs.ready() ? undefined : 'queue');
  }

  let ended: Promise<void> | undefined;
  /** A signal and a crash may both ask for it: it stops once. */
  function stop(deadline = performance.now() + LONGEST_STOP_MS): Promise<void> {
    phase = 'stopping';
    for (const timer of timers) clearInterval(timer);
    ended ??= stopping(parts, storage, deadline, log);
    opened.resolve();
    return ended;
  }

  try {
    await storage.migrate(prepareQueue);
    const shared = buildSharedClock(storage.jobs, systemClock);
    await shared.sync();
    parts = assemble(config, storage, log, given ?? shared, files, ready, opened.promise);
    const { server, jobs, services, work, delivery, application, metrics } = parts;
    const warmed = Promise.withResolvers<void>();
    /** What the first turn waits for and readiness does not. */
    async function warm(): Promise<void> {
      for (const feature of features) feature.warm?.(services);
      files.render(FIRST);
      await application();
      await giveBack();
    }
    let stale = false;
    const refresh = () =>
      Promise.all(features.map((feature) => feature.refresh?.(services))).then(
        () => {
          stale = false;
        },
        (err: unknown) => {
          if (!stale) log.warn({ err }, 'not refreshed');
          stale = true;
        },
      );
    const port = await listening(server.listen(config.port, config.host), config);
    await Promise.all([jobs.start(), refresh()]);
    phase = 'working';
    opened.resolve();
    if (config.samples) for (const feature of features) await feature.samples?.(work);
    for (const feature of features) await feature.resume?.(work);
    delivery.pump.start();
    if (config.figuresSeconds > 0)
      timers.push(setInterval(() => logFigures(metrics, log), config.figuresSeconds * 1_000).unref());
    timers.push(
      setInterval(
        () => shared.sync().catch((err: unknown) => log.warn({ err }, 'clock not synchronized')),
        AGREE_MS,
      ),
      setInterval(refresh, REFRESH_MS),
      // Once the probes have had their answer. What fails is met again by the turn that needs it.
      setTimeout(
        () =>
          warm()
            .catch((err: unknown) => log.error({ err }, 'not warm'))
            .then(warmed.resolve),
        WARM_AFTER_MS,
      ),
    );

    return {
      port,
      services: work,
      /** What the first turns would else wait for is there. */
      warmed: warmed.promise,
      /** Refuses new turns at once, finishes what is under way and ends, 25 seconds at the most. */
      stop: () => stop(),
      /**
       * Is not ready any more, takes turns for so many seconds, as long as a front end takes to see it, then
       * stops; 25 seconds at the most in all.
       */
      async drain(seconds: number): Promise<void> {
        const deadline = performance.now() + LONGEST_STOP_MS;
        phase = 'stopping';
        server.windDown();
        await pause(seconds * 1_000);
        await stop(deadline);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The port on which it listens; a `CourtierError` when it cannot. */
async function listening(port: Promise<number>, { port: main, adminPort, host }: Config): Promise<number> {
  try {
    return await port;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const wanted = cause instanceof Error && 'port' in cause ? cause.port : main;
    const setting = wanted === adminPort && adminPort !== main ? 'ADMIN_PORT' : 'PORT';
    if (code === 'EADDRINUSE')
      throw new CourtierError(
        'unavailable',
        `Le port ${wanted} est déjà utilisé par un autre programme. Arrêtez-le, ou choisissez un autre ${setting}.`,
        cause,
      );
    if (code === 'EACCES')
      throw new CourtierError(
        'unavailable',
        `Courtier n’a pas le droit d’écouter sur le port ${wanted}. Choisissez un ${setting} de 1024 ou plus.`,
        cause,
      );
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new CourtierError(
        'unavailable',
        `L’adresse ${host} n’est pas une adresse de cette machine. Corrigez LISTEN_HOST.`,
        cause,
      );
    throw cause;
  }
}
