import { freePort } from '../../src/playground.ts';
import { activity, openConnector } from './channel.ts';
import { openFrontEnd } from './front-end.ts';
import { type Launched, launch, until } from './process.ts';

export interface RollingRestart {
  readonly databaseUrl: string;
  readonly probeMs: number;
  readonly drainSeconds: number;
  /** Between two turns, in milliseconds. */
  readonly paceMs: number;
  /** How the processes that are restarted were started, where they are of another version. */
  readonly before?: readonly [string, ...string[]];
}

export interface TurnCounts {
  readonly sent: number;
  /** Acknowledged, and the answer came to Teams. */
  readonly answered: number;
  readonly lost: number;
  /** The statuses of what was not acknowledged. */
  readonly refusals: readonly number[];
}

/**
 * Two processes behind a front end are restarted one after the other, under a steady load of turns: what became of each.
 * Those that come after are of today's code, whatever went before.
 */
export async function rollingRestart(
  options: RollingRestart,
): Promise<TurnCounts & { readonly reasons: readonly string[] }> {
  const { databaseUrl, probeMs, drainSeconds, paceMs } = options;
  const teams = await openConnector();
  const ports = [await freePort(), await freePort()];
  const begin = (port: number, how?: RollingRestart['before']) =>
    launch(
      {
        DATABASE_URL: databaseUrl,
        PORT: String(port),
        DRAIN_SECONDS: String(drainSeconds),
        LOG_LEVEL: 'info',
      },
      how,
    );
  const processes: Launched[] = [];
  try {
    // One after the other: the first migrates.
    for (const port of ports) {
      const process = begin(port, options.before);
      processes.push(process);
      await process.port;
    }
    const front = await openFrontEnd(ports, probeMs);
    await until(() => ports.every(front.isSteady));
    const load = steadyTurns(front.url, teams, paceMs);
    for (const [n, port] of ports.entries()) {
      processes[n]?.child.kill('SIGTERM');
      await processes[n]?.exited;
      processes[n] = begin(port);
      await processes[n].port;
      await until(() => front.isSteady(port));
    }
    const counts = await load.stop();
    front.close();
    return { ...counts, reasons: [...front.reasons] };
  } finally {
    for (const { child } of processes) child.kill('SIGKILL');
    await teams.close();
  }
}

/** Sends a turn every so often, each in a chat of its own, until it is stopped. */
function steadyTurns(url: string, teams: Awaited<ReturnType<typeof openConnector>>, paceMs: number) {
  const turns: Promise<number>[] = [];
  const timer = setInterval(() => turns.push(post(turns.length)), paceMs);

  async function post(n: number): Promise<number> {
    const conversation = {
      id: `turn-${n}`,
      conversationType: 'personal',
      tenantId: '11111111-1111-4111-8111-111111111111',
    };
    const text = 'Quels documents faut-il conserver ?';
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity({ serviceUrl: teams.url, conversation, text })),
    }).catch(() => undefined);
    await response?.text();
    return response?.status ?? 0;
  }

  return {
    async stop(): Promise<TurnCounts> {
      clearInterval(timer);
      const statuses = await Promise.all(turns);
      const answers = () => new Set(teams.calls.map(({ path }) => /conversations\/([^/]+)/.exec(path)?.[1]));
      const refusals = statuses.filter((status) => status < 200 || status >= 300);
      // A turn that is acknowledged early is answered later; ten seconds is what Teams would wait.
      const deadline = performance.now() + 10_000;
      await until(() => answers().size >= statuses.length - refusals.length || performance.now() > deadline);
      const answered = answers();
      const sent = statuses.length;
      const kept = statuses.filter((status, n) => status >= 200 && status < 300 && answered.has(`turn-${n}`));
      return { sent, answered: kept.length, lost: sent - kept.length, refusals };
    },
  };
}
