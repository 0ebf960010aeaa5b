import {
  type Activity,
  ActivityTypes,
  CloudAdapter,
  INVOKE_RESPONSE_KEY,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import type { BotFrameworkAuthentication } from 'botframework-connector';
import type { Inbox, Lease } from '../../core/ports/inbox.ts';
import type { Log } from '../../core/ports/log.ts';
import { traced } from '../../core/process/trace.ts';
import { buildFairness, Crowded } from '../../core/routing/fair.ts';
import { IncomingActivity, personOf } from './activity.ts';
import { type GateRules, refusalOf } from './gate.ts';
import { receptionOf } from './reception.ts';

/** What the HTTP side answers: a status and, for a pressed button, a body. Never an exception's text. */
export interface HttpAnswer {
  readonly status: number;
  readonly body?: object;
}

export interface Endpoint {
  receive(authorization: string, body: unknown): Promise<HttpAnswer>;
  /** Refuses new activities and resolves when those under way are done. */
  drain(): Promise<void>;
}

export interface EndpointOptions {
  readonly authentication: BotFrameworkAuthentication;
  readonly gate: GateRules;
  readonly inbox: Inbox;
  readonly run: (context: TurnContext) => Promise<unknown>;
  readonly log: Log;
  readonly metrics: {
    refused(reason: string): void;
    turn(type: string, outcome: 'done' | 'failed', seconds: number): void;
  };
  readonly now: () => number;
  /** What every turn needs is there: until then they wait. At once when absent. */
  readonly opened?: Promise<unknown>;
}

/** Teams wants its acknowledgement soon; a long turn goes on after it. */
const ACKNOWLEDGE_AFTER_MS = 2_500;
/** Of one person, how many turns are worked on at once, and how many wait for those; a busy hand has two or three. */
const AT_ONCE = 4;
const WAITING = 100;

/** The types that Bot Framework has: whoever sends another one writes what they want there. */
const KNOWN: ReadonlySet<string> = new Set(Object.values(ActivityTypes));

/** Another process answers what this one worked on. */
class Overtaken extends Error {}

/** Opens the SDK's own entry point, which authenticates and runs a turn, without its HTTP habits. */
class Adapter extends CloudAdapter {
  turn(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, logic);
  }
}

export function buildEndpoint(options: EndpointOptions): Endpoint {
  const { authentication, gate, inbox, run, log, metrics, now, opened } = options;
  const adapter = new Adapter(authentication);
  const fairly = buildFairness(AT_ONCE, WAITING);
  const running = new Set<Promise<HttpAnswer>>();
  let draining = false;
  let open = opened === undefined;
  void opened?.then(() => {
    open = true;
  });

  async function turn(authorization: string, activity: Activity): Promise<HttpAnswer> {
    const started = now();
    const type = KNOWN.has(activity.type) ? activity.type : 'other';
    let authenticated = false;
    try {
      const response = await adapter.turn(authorization, activity, async (context) => {
        authenticated = true;
        const person = personOf(context.activity);
        if (person) await fairly(`${person.tenantId}/${person.objectId}`, () => runOnce(context));
        else await runOnce(context);
      });
      metrics.turn(type, 'done', (now() - started) / 1_000);
      return response
        ? { status: response.status, ...(response.body ? { body: response.body } : {}) }
        : { status: 200 };
    } catch (err) {
      if (!authenticated) {
        log.warn({ err }, 'activity not authenticated');
        metrics.refused('signature');
        return { status: 401 };
      }
      if (err instanceof Crowded) {
        metrics.refused('crowded');
        return { status: 429 };
      }
      metrics.turn(type, 'failed', (now() - started) / 1_000);
      log.error({ err, type }, 'turn failed');
      return { status: 500 };
    }
  }

  /** A redelivery answers what the first delivery answered, without running anything again. */
  async function runOnce(context: TurnContext): Promise<void> {
    const { key, stands } = receptionOf(context.activity);
    let first = false;
    const receive = () =>
      inbox.once(
        key,
        async (lease) => {
          first = true;
          await runWhileOurs(context, lease);
          return context.turnState.get<Partial<Activity> | undefined>(INVOKE_RESPONSE_KEY)?.value;
        },
        stands,
      );
    const answer = await receive().catch((error: unknown) => {
      if (!(error instanceof Overtaken)) throw error;
      log.warn({}, 'turn taken up by another process');
      first = false;
      return receive();
    });
    if (!first && answer) await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: answer });
  }

  /** Says nothing more once another process answers. Throws `Overtaken` then, whatever became of the turn. */
  async function runWhileOurs(context: TurnContext, lease: Lease): Promise<void> {
    let runs = true;
    let overtaken = false;
    context.onSendActivities(async (_context, _activities, next) => {
      // Whoever cannot ask answers, as with the database away.
      overtaken ||= !(await lease.isOurs().catch(() => true));
      if (runs && overtaken) throw new Overtaken();
      return next();
    });
    await run(context)
      .catch((error: unknown) => {
        if (!overtaken) throw error;
      })
      .finally(() => {
        runs = false;
      });
    if (overtaken) throw new Overtaken();
  }

  return {
    async receive(authorization, body) {
      if (!open) await opened;
      if (draining) return { status: 503 };
      const activity = IncomingActivity.safeParse(body);
      if (!activity.success) {
        metrics.refused('malformed');
        return { status: gate.botId === undefined ? 400 : 401 };
      }
      const reason = refusalOf(activity.data, authorization, gate, now() / 1_000);
      if (reason) {
        metrics.refused(reason);
        return { status: 401 };
      }
      const work = traced(undefined, 'turn', () => turn(authorization, activity.data as unknown as Activity));
      running.add(work);
      const done = work.finally(() => running.delete(work));
      return activity.data.type === ActivityTypes.Invoke ? done : acknowledge(done);
    },

    async drain() {
      draining = true;
      await Promise.allSettled(running);
    },
  };
}

async function acknowledge(done: Promise<HttpAnswer>): Promise<HttpAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<HttpAnswer>((resolve) => {
    timer = setTimeout(resolve, ACKNOWLEDGE_AFTER_MS, { status: 202 });
  });
  return Promise.race([done, patience]).finally(() => clearTimeout(timer));
}
