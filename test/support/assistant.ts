import { start } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Log } from '../../src/core/ports.ts';
import type { Person } from '../../src/core/turn.ts';
import type { Storage } from '../../src/edges/storage/index.ts';
import { activity, openConnector } from './channel.ts';
import { alex } from './people.ts';
import { until } from './process.ts';

export type Assistant = Awaited<ReturnType<typeof openAssistant>>;

/** The whole assistant on a database, as `main` starts it, and Teams' connector on the loopback. */
export async function openAssistant(storage: Storage) {
  const logged: { readonly message: string; readonly data: object }[] = [];
  const write = (data: object, message: string) => void logged.push({ message, data });
  const log: Log = { info: write, warn: write, error: write };
  const teams = await openConnector();
  const config = readConfig({ PORT: '0', BROKER_ADMINS: alex.objectId });
  const running = await start(config, Promise.resolve(storage), log);
  const url = `http://127.0.0.1:${running.port}`;

  /** All that was posted in a chat, as text: cards as their JSON. */
  const postedIn = (chat: string): string[] =>
    teams.calls
      .filter(({ path, body }) => path.includes(`/${chat}/activities`) && body.type === 'message')
      .map(({ body }) => body.text || JSON.stringify(body.attachments));

  return {
    running,
    logged,
    postedIn,

    /** A message in a person's own chat; the status of its acknowledgement. */
    async says(person: Person, text: string, chat = `chat-${person.objectId}`): Promise<number> {
      const response = await fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(
          activity({
            serviceUrl: teams.url,
            text,
            from: { id: `29:${person.objectId}`, name: person.name, aadObjectId: person.objectId },
            conversation: { id: chat, conversationType: 'personal', tenantId: person.tenantId },
            channelData: { tenant: { id: person.tenantId } },
          }),
        ),
      });
      await response.text();
      return response.status;
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
