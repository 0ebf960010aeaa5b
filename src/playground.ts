import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '../node_modules/@microsoft/m365agentsplayground/cli.js');
export const TENANT = '00000000-0000-0000-0000-0000000000001';

const person = (n: number, name: string) => {
  const [given = '', ...rest] = name.split(' ');
  const email = `${given.toLowerCase()}@example.org`;
  return {
    id: `user-${n}`,
    name,
    userPrincipleName: email,
    aadObjectId: `00000000-0000-0000-0000-00000000001${n}`,
    givenName: given,
    surname: rest.join(' '),
    email,
  };
};

export const CLIENT = person(1, 'Alex Gagnon');
export const STAFF = person(2, 'Diane Tremblay');
export const ODILE = person(6, 'Odile Fortin');
export const SAMUEL = person(3, 'Samuel Roy');
/** The Playground wants exactly five people beside the speaker. */
const COLLEAGUES = [SAMUEL, person(4, 'Nadia Benali'), person(5, 'Karim Diallo'), ODILE];

export interface Playground {
  readonly url: string;
  readonly process: ChildProcess;
  stop(): void;
}

/**
 * Microsoft's own client for one person, in front of an assistant on this machine. Each has chats and a
 * team of its own, in the same tenant, as two people would. Resolves when its page can be opened.
 */
export async function openPlayground(
  speaker: typeof CLIENT,
  messagesUrl: string,
  port: number,
): Promise<Playground> {
  const folder = mkdtempSync(join(tmpdir(), 'courtier-playground-'));
  const everyone = [CLIENT, STAFF, ...COLLEAGUES];
  const world = {
    version: '0.1.1',
    tenantId: TENANT,
    bot: { id: '00000000-0000-0000-0000-00000000000011', name: 'Courtier' },
    currentUser: speaker,
    users: everyone.filter(({ id }) => id !== speaker.id),
    personalChat: { id: `chat-${speaker.id}` },
    groupChat: { id: `group-${speaker.id}`, name: 'Projet infonuagique' },
    team: {
      id: `team-${speaker.id}`,
      name: speaker === STAFF ? 'Équipe du Courtier' : 'Direction des technologies',
      aadGroupId: `00000000-0000-0000-0000-00000000003${speaker.id.at(-1)}`,
      channels: [
        { id: `channel-${speaker.id}`, name: speaker === STAFF ? 'Questions des clients' : 'Acquisitions' },
      ],
    },
  };
  // JSON is YAML.
  writeFileSync(join(folder, '.m365agentsplayground.yml'), JSON.stringify(world, null, 2));
  const args = [BIN, '-e', messagesUrl, '-c', 'msteams', '-p', String(port), '--dt'];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' },
  });
  const url = `http://localhost:${port}`;
  const stop = () => {
    child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answering(url, child);
  } catch (error) {
    stop();
    throw error;
  }
  return { url, process: child, stop };
}

/** The port that is wanted, or the next one that is free; any free one by default. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(freePort(wanted + 1)));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const up = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`the Playground does not answer at ${url}`);
}
