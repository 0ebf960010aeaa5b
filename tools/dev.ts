import { type ChildProcess, spawn } from 'node:child_process';
import { CLIENT, freePort, openPlayground, type Playground, STAFF } from '../src/playground.ts';

/** What the assistant is made of: it starts again when a file of these changes. */
const WATCHED = ['src', 'cards', 'content'];

const say = (line: string) => process.stdout.write(`${line}\n`);

/** The assistant, started again at each change; before it, Microsoft's client for two people, which stays open. */
async function dev(): Promise<void> {
  const port = process.env.PORT ?? String(await freePort(3978));
  const assistant = watched({
    DATA_DIR: '.data/dev',
    BROKER_ADMINS: STAFF.aadObjectId,
    // Nobody is behind a front end here: it restarts at once.
    DRAIN_SECONDS: '0',
    ...process.env,
    PORT: port,
  });
  const playgrounds: Playground[] = [];
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    for (const playground of playgrounds) playground.stop();
    assistant.kill('SIGTERM');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  assistant.on('exit', (code) => {
    const asked = stopping;
    stop();
    process.exit(asked ? 0 : (code ?? 1));
  });

  // With an identity of its own, it is in front of Teams itself.
  if (process.env.BOT_ID) return;
  const endpoint = `http://127.0.0.1:${port}/api/messages`;
  const clientPort = await freePort(56150);
  for (const [person, wanted] of [
    [CLIENT, clientPort],
    [STAFF, await freePort(clientPort + 1)],
  ] as const) {
    const playground = await openPlayground(person, endpoint, wanted);
    if (stopping) playground.stop();
    playgrounds.push(playground);
    say(`  ${playground.url}  ${person.name}`);
  }
  say('Ctrl-C ends everything.');
}

/** In a process group of its own: a Ctrl-C that reached the assistant too would be its second signal, and cut it short. */
const watched = (env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(
    process.execPath,
    ['--watch-preserve-output', ...WATCHED.map((folder) => `--watch-path=${folder}`), 'src/main.ts'],
    { stdio: ['ignore', 'inherit', 'inherit'], detached: true, env },
  );

await dev();
