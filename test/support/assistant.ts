import { start } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { Log } from '../../src/core/ports/log.ts';
import type { Person } from '../../src/core/turn.ts';
import type { Storage } from '../../src/edges/storage/index.ts';
import { activity, openConnector } from './channel.ts';
import { alex } from './people.ts';
import { until } from './process.ts';

export type Assistant = Awaited<ReturnType<typeof openAssistant>>;

/**
 * The whole assistant on a database, as `main` starts it, and Teams' connector on the loopback. `env` is added to its
 * configuration; its time is the database's, unless it is given a clock.
 */
export async function openAssistant(
  storage: Storage,
  env: Readonly<Record<string, string>> = {},
  clock?: Clock,
) {
  const logged: { readonly message: string; readonly data: object }[] = [];
  const write = (data: object, message: string) => void logged.push({ message, data });
  const log: Log = { info: write, warn: write, error: write };
  const teams = await openConnector();
  const config = readConfig({ PORT: '0', BROKER_ADMINS: alex.objectId, ...env });
  const running = await start(config, Promise.resolve(storage), log, clock);
  const url = `http://127.0.0.1:${running.port}`;

  /** All that was posted in a chat, as text: cards as their JSON. */
  const postedIn = (chat: string): string[] =>
    teams.calls
      .filter(({ path, body }) => path.includes(`/${chat}/activities`) && body.type === 'message')
      .map(({ body }) => body.text || JSON.stringify(body.attachments));

  const chatOf = ({ objectId }: Person): string => `chat-${objectId}`;

  /** Delivers what somebody did in their own chat, as Teams would. */
  const deliver = (person: Person, chat: string, what: object): Promise<Response> =>
    fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        activity({
          serviceUrl: teams.url,
          from: { id: `29:${person.objectId}`, name: person.name, aadObjectId: person.objectId },
          conversation: { id: chat, conversationType: 'personal', tenantId: person.tenantId },
          channelData: { tenant: { id: person.tenantId } },
          ...what,
        }),
      ),
    });

  return {
    running,
    logged,
    postedIn,
    url,
    deliver,
    connector: teams,

    /** A message in a person's own chat; the status of its acknowledgement. */
    async says(person: Person, text: string, chat = chatOf(person)): Promise<number> {
      const response = await deliver(person, chat, { text });
      await response.text();
      return response.status;
    },

    /** A button in a person's own chat; the status, and what the press is answered, as text. */
    async presses(person: Person, verb: string, data: object): Promise<{ status: number; answer: string }> {
      const value = { action: { type: 'Action.Execute', verb, data } };
      const invoke = { type: 'invoke', name: 'adaptiveCard/action', text: undefined, value };
      const response = await deliver(person, chatOf(person), invoke);
      return { status: response.status, answer: await response.text() };
    },

    /** The first that is posted in a chat. */
    async answerIn(chat: string): Promise<string> {
      await until(() => postedIn(chat).length > 0);
      return postedIn(chat)[0] ?? '';
    },

    async readiness(): Promise<{ readonly status: number; readonly reason: unknown }> {
      const response = await fetch(`${url}/readyz`);
      const body = (await response.json()) as { reason?: unknown };
      return { status: response.status, reason: body.reason };
    },

    async close(): Promise<void> {
      await running.stop();
      await teams.close();
    },
  };
}
