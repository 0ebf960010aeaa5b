import { spawn } from 'node:child_process';
import { start } from './app.ts';
import { readConfig } from './config.ts';
import { frenchDate } from './core/clock.ts';
import { CourtierError } from './core/errors.ts';
import { clockAt } from './demo/clock.ts';
import { readOptions } from './demo/options.ts';
import { reset } from './demo/reset.ts';
import { SCENE_NAMES, SCENES } from './demo/scenes.ts';
import { buildLog } from './edges/observability/index.ts';
import { openStorage } from './edges/storage/index.ts';
import { CLIENT, freePort, openPlayground, type Playground, STAFF } from './playground.ts';

const DATA = '.data/demo';

const HELP = `npm run demo -- [--reset] [--at DATE] [--with SCÈNES]

L’assistant sur la base embarquée, et le client de Microsoft à deux adresses : une cliente, une personne de l’équipe.

  --reset         efface d’abord les données de la démonstration (${DATA})
  --at DATE       démarre ce jour-là, à 10 h, comme 2027-03-01 ; avec --reset si les données sont d’un jour plus tardif
  --with SCÈNES   prépare ce qui prendrait des jours, séparé par des virgules :
${SCENE_NAMES.map((name) => `                    ${name.padEnd(12)}${SCENES[name].title}`).join('\n')}
  --help          cette aide`;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** The assistant on the embedded database, with Microsoft's own client in front of it, twice: a client and a staff member. */
async function demo(): Promise<void> {
  const options = readOptions(process.argv.slice(2), SCENE_NAMES);
  if (options.help) {
    say(HELP);
    return;
  }
  const port = await freePort(3978);
  const defaults = { LOG_LEVEL: 'warn', DATA_DIR: DATA, BROKER_ADMINS: STAFF.aadObjectId };
  const config = readConfig({ ...defaults, ...process.env, PORT: String(port) });
  if (config.bot)
    throw new CourtierError('invalid', "La démonstration est locale : retirez BOT_ID de l'environnement.");
  if (options.reset) reset(DATA, config, say);
  say('Courtier démarre…');
  const log = buildLog(config.logLevel);
  const clock = options.at && clockAt(options.at, config.timeZone);
  const running = await start(config, openStorage(config, log), log, clock);
  const playgrounds: Playground[] = [];

  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    for (const playground of playgrounds) playground.stop();
    await running.stop();
    say('Courtier est arrêté.');
    process.exit(code);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));

  for (const name of options.scenes) {
    await SCENES[name].prepare(running.services).catch(async (error: unknown) => {
      await running.stop();
      throw error;
    });
  }

  const endpoint = `http://127.0.0.1:${running.port}/api/messages`;
  const clientPort = await freePort(56150);
  playgrounds.push(await openPlayground(CLIENT, endpoint, clientPort));
  playgrounds.push(await openPlayground(STAFF, endpoint, await freePort(clientPort + 1)));
  // Ctrl-C reaches them too: they end with 0. Anything else is a failure.
  for (const { process: child } of playgrounds) child.on('exit', (code) => void stop(code ?? 0));
  const [client, staff] = playgrounds;

  say('');
  say(`  ${client?.url}  ${CLIENT.name}, d'un organisme public`);
  say(`  ${staff?.url}  ${STAFF.name}, de l'équipe du Courtier`);
  say('');
  if (options.at) say(`Pour Courtier, c’est le ${frenchDate(options.at)}, à 10 h.`);
  for (const name of options.scenes) say(`Préparé : ${SCENES[name].title}. Écrivez ${SCENES[name].hint}.`);
  say('Écrivez « aide » ou « catalogue », ou posez une question. Ctrl-C arrête tout.');
  if (client) openBrowser(client.url);
}

/** Opens a browser where there is a desktop; elsewhere the address that was printed is enough. */
function openBrowser(url: string): void {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  };
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

try {
  await demo();
} catch (error) {
  if (!(error instanceof CourtierError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
