import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Sizes, SMALL } from './cast.ts';
import { asConversation } from './history.ts';
import { laws } from './laws.ts';
import { firstDays, planOf } from './plan.ts';
import { serverOfRun } from './server.ts';
import { shrink } from './shrink.ts';
import { openServerStore } from './store.ts';
import { summary, summaryOfAll } from './summary.ts';
import { live, type Outcome } from './year.ts';

const USAGE =
  'npm run year -- [--seed N] [--seeds N] [--months N | --days N] [--bodies N] [--members N] [--staff N] [--suppliers N] [--contracts N] [--sessions N] [--errands N] [--projects N] [--ticks N] [--nights N] [--judged N] [--postgres] [--no-shrink] [--most N] [--history FILE] [--json]';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    months: { type: 'string' },
    days: { type: 'string' },
    bodies: { type: 'string' },
    members: { type: 'string' },
    staff: { type: 'string' },
    suppliers: { type: 'string' },
    contracts: { type: 'string' },
    sessions: { type: 'string' },
    errands: { type: 'string' },
    projects: { type: 'string' },
    ticks: { type: 'string' },
    nights: { type: 'string' },
    judged: { type: 'string' },
    most: { type: 'string', default: '40' },
    history: { type: 'string' },
    postgres: { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** How often the progress is shown, and how often it is written where nobody looks. */
const SHOWN_MS = 1_000;
const WRITTEN_MS = 60_000;
const megabytes = (): number => Math.round(process.memoryUsage().rss / 1e6);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const aside = (line: string): void => void process.stderr.write(line);

/** A number that was given, or the usual one; a sentence and the end for what is no number. */
function counted(name: keyof Sizes | 'seed' | 'seeds' | 'most', usual: number): number {
  const given = values[name];
  const number = given === undefined ? usual : Number(given);
  if (Number.isInteger(number) && number >= (name === 'contracts' ? 0 : 1)) return number;
  process.stderr.write(`--${name} wants a whole number above zero.\n${USAGE}\n`);
  process.exit(1);
}

if (values.help) {
  say(USAGE);
  process.exit(0);
}

const sizes = Object.fromEntries(
  Object.entries(SMALL).map(([name, usual]) => [name, counted(name as keyof Sizes, usual)]),
) as { [name in keyof Sizes]: number };

const server = values.postgres ? await serverOfRun() : undefined;
const store = server && openServerStore;

/** Tells a failure: what does not hold, the shortest history that was found, and how to live it again. */
async function tell(seed: number, { failure, ...outcome }: Outcome): Promise<void> {
  say(`\n  ${failure?.message}`);
  if (values['no-shrink']) return say(`\n${asConversation(failure?.last ?? [])}\n`);
  const {
    plan,
    outcome: least,
    lived,
  } = await shrink(
    seed,
    sizes,
    planOf(seed, sizes),
    { ...outcome, ...(failure && { failure }) },
    {
      most: counted('most', 40),
      ...(store && { store }),
      progress: (left, n) => aside(`\rshrinking: ${left} happenings, ${n} histories `),
    },
  );
  say(`\nThe shortest history found, after ${lived} others: ${plan.length} happenings.\n`);
  say(asConversation(least.failure?.last ?? []));
  const changed = Object.entries(sizes).filter(([name, size]) => size !== SMALL[name as keyof Sizes]);
  const options = changed.map(([name, size]) => ` --${name} ${size}`).join('');
  say(`\n${least.failure?.message}\nAgain: npm run year -- --seed ${seed}${options}\n`);
}

/** Where the whole conversation of a seed is written; of several seeds, each in its own file. */
const historyOf = (seed: number): string | undefined =>
  values.seeds === '1' ? values.history : values.history?.replace(/(\.\w+)?$/, `-${seed}$1`);

/** So many days of the plan, when not all its months are to be lived. */
const days = values.days === undefined ? undefined : Number(values.days);

const first = counted('seed', 1);
const lives: Outcome[] = [];
for (let seed = first; seed < first + counted('seeds', 1); seed++) {
  let shownAt = 0;
  const outcome = await live(seed, sizes, {
    ...(days && { plan: firstDays(planOf(seed, sizes), days) }),
    ...(store && { store }),
    async ended({ history }) {
      const file = historyOf(seed);
      if (file) await writeFile(file, `${asConversation(history.lines)}\n`);
    },
    progress(done, all, { clock, figures }) {
      const { isTTY } = process.stderr;
      if (performance.now() - shownAt < (isTTY ? SHOWN_MS : WRITTEN_MS)) return;
      shownAt = performance.now();
      const line = `${clock.today()}  ${Math.floor((100 * done) / all)} %  ${figures.turns} turns, ${figures.notices} notices, ${figures.faults} faults, ${figures.statements} statements, ${megabytes()} MB`;
      aside(isTTY ? `\r${line} ` : `${line}\n`);
    },
  });
  if (process.stderr.isTTY) aside('\r\u001b[K');
  lives.push(outcome);
  say(values.json ? JSON.stringify({ seed, ...outcome }) : summary(seed, outcome));
  if (outcome.failure) await tell(seed, outcome);
}
if (lives.length > 1 && !values.json) say(summaryOfAll(lives, laws));
await server?.stop();
process.exit(lives.some(({ failure }) => failure) ? 1 : 0);
