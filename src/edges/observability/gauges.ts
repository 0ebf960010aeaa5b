import { Gauge, type Registry } from 'prom-client';
import type { Watched } from '../../core/process/watched.ts';
import { within } from '../../core/process/within.ts';

/** However often one looks, the database is asked so seldom. */
const KEPT_MS = 10_000;
/** Whoever looks is answered, with or without what the database would say. */
const PATIENCE_MS = 2_000;

/**
 * What is true now: asked when somebody looks, by one cheap query each. What cannot be had is left out, and said. `now` is
 * in milliseconds, of any clock: one that is put back is believed too.
 */
export function buildGauges(registry: Registry, now: () => number = () => performance.now()) {
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const seen = gauge('courtier_watch_up', 'Whether what is asked of the database was answered', 'what');
  const info = gauge('courtier_info', 'The version of the code', 'version', 'node');
  const ready = gauge('courtier_ready', 'Whether it can work: what /readyz answers');
  const jobs = gauge('courtier_jobs', 'Jobs by state: waiting, active, failed', 'job', 'state');
  const oldestJob = gauge('courtier_job_oldest_seconds', 'How long the oldest due job has waited', 'job');
  const deliveries = gauge(
    'courtier_deliveries',
    'Deliveries by state: those to come and under way, and those that ended within a day',
    'state',
  );
  const due = gauge('courtier_deliveries_due', 'Deliveries whose moment has come');
  const oldestDelivery = gauge('courtier_delivery_oldest_seconds', 'How long the oldest due one has waited');
  const paused = gauge('courtier_delivery_paused_seconds', 'How long Teams still wants no message of ours');
  const pace = gauge('courtier_delivery_pace_most', 'Messages a second that may be sent to a tenant');
  const poolUsed = gauge('courtier_pool_used', 'Connections in use', 'pool');
  const poolMost = gauge('courtier_pool_most', 'Connections that there may be', 'pool');
  const poolWaiting = gauge('courtier_pool_waiting', 'How many wait for a connection', 'pool');
  const newest = gauge('courtier_schema_newest', 'The newest migration of the database, in epoch seconds');
  const known = gauge('courtier_schema_known', 'The newest migration that this code knows, in epoch seconds');
  const ahead = gauge('courtier_schema_ahead', 'Whether the database is of a newer version than this code');
  const certificate = gauge(
    'courtier_certificate_days_left',
    'Days until the certificate of the public address ends',
  );
  const secret = gauge('courtier_secret_days_left', 'Days until the last day of the bot’s secret');

  let watched: Watched | undefined;
  const readings: readonly { readonly what: string; read(from: Watched): Promise<void>; forget(): void }[] = [
    {
      what: 'ready',
      read: async (from) => ready.set((await from.ready()) === undefined ? 1 : 0),
      forget: () => ready.set(0),
    },
    {
      what: 'jobs',
      async read(from) {
        for (const { job, oldestSeconds, ...states } of await from.jobs()) {
          oldestJob.set({ job }, oldestSeconds);
          for (const [state, n] of Object.entries(states)) jobs.set({ job, state }, n);
        }
      },
      forget() {
        jobs.reset();
        oldestJob.reset();
      },
    },
    {
      what: 'deliveries',
      async read(from) {
        const depth = await from.deliveries();
        deliveries.reset();
        for (const { state, n } of depth.states) deliveries.set({ state }, n);
        due.set(depth.due);
        oldestDelivery.set(depth.oldestSeconds);
        paused.set(depth.pausedSeconds);
      },
      forget() {
        deliveries.reset();
        for (const each of [due, oldestDelivery, paused]) each.remove();
      },
    },
    {
      what: 'schema',
      async read(from) {
        const versions = await from.schema();
        newest.set(versions.newest / 1_000);
        known.set(versions.known / 1_000);
        ahead.set(versions.newest > versions.known ? 1 : 0);
      },
      forget() {
        for (const each of [newest, known, ahead]) each.remove();
      },
    },
  ];

  async function ask(from: Watched): Promise<void> {
    await Promise.all(
      readings.map(async ({ what, read, forget }) => {
        try {
          await within(PATIENCE_MS, () => read(from));
          seen.set({ what }, 1);
        } catch {
          forget();
          seen.set({ what }, 0);
        }
      }),
    );
  }

  let asked = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  return {
    /** From now on this is what is looked at. */
    watch(from: Watched, version: string): void {
      watched = from;
      pace.set(from.pace);
      info.set({ version, node: process.version }, 1);
    },
    /** Brings the gauges to what is true now, or was ten seconds ago. */
    async look(): Promise<void> {
      if (!watched) return;
      for (const { pool, used, most, waiting } of watched.pools()) {
        poolUsed.set({ pool }, used);
        poolMost.set({ pool }, most);
        poolWaiting.set({ pool }, waiting);
      }
      for (const [left, days] of [
        [secret, watched.secretDays()],
        [certificate, watched.certificateDays()],
      ] as const)
        if (days === undefined) left.remove();
        else left.set(days);
      const moment = now();
      if (!asking || Math.abs(moment - asked) >= KEPT_MS) {
        asked = moment;
        asking = ask(watched);
      }
      await asking;
    },
  };
}
