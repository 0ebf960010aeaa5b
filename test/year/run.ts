import { parseArgs } from 'node:util';
import { type Sizes, SMALL } from './cast.ts';
import { asConversation } from './history.ts';
import { laws } from './laws.ts';
import { planOf } from './plan.ts';
import { shrink } from './shrink.ts';
import { live, type Outcome } from './year.ts';

const USAGE =
  'npm run year -- [--seed N] [--seeds N] [--months N] [--bodies N] [--suppliers N] [--sessions N] [--no-shrink] [--json]';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    months: { type: 'string' },
    bodies: { type: 'string' },
    members: { type: 'string' },
    staff: { type: 'string' },
    suppliers: { type: 'string' },
    sessions: { type: 'string' },
    ticks: { type: 'string' },
    nights: { type: 'string' },
    judged: { type: 'string' },
    most: { type: 'string', default: '40' },
    'no-shrink': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const aside = (line: string): void => void process.stderr.write(line);

/** A number that was given, or the usual one; a sentence and the end for what is no number. */
function counted(name: keyof Sizes | 'seed' | 'seeds' | 'most', usual: number): number {
  const given = values[name];
  const number = given === undefined ? usual : Number(given);
  if (Number.isInteger(number) && number >= 1) return number;
  process.stderr.write(`--${name} wants a whole number above zero.\n${USAGE}\n`);
  process.exit(1);
}

if (values.help) {
  say(USAGE);
  process.exit(0);
}

const bodies = counted('bodies', SMALL.bodies);
const sizes: Sizes = {
  bodies,
  members: counted('members', SMALL.members),
  staff: counted('staff', SMALL.staff),
  suppliers: counted('suppliers', SMALL.suppliers),
  months: counted('months', SMALL.months),
  sessions: counted('sessions', Math.max(SMALL.sessions, bodies * 2)),
  ticks: counted('ticks', SMALL.ticks),
  nights: counted('nights', SMALL.nights),
  judged: counted('judged', SMALL.judged),
};

function summary(seed: number, { hash, figures, counts }: Outcome): string {
  const {
    happenings,
    turns,
    presses,
    notices,
    faults,
    jobs,
    checks,
    statements,
    seconds,
    lines,
    mostAsked,
    mostAskedBy,
  } = figures;
  return [
    `seed ${seed}: ${happenings} happenings, ${turns} turns (${presses} presses), ${notices} notices, ${faults} faults, ${jobs} jobs, ${lines} lines, in ${seconds} s`,
    `  ${laws.length} laws, checked ${checks} times; ${statements} statements, ${mostAsked} at most at once (${mostAskedBy})`,
    `  ${Object.entries(counts)
      .map(([table, n]) => `${table} ${n}`)
      .join(', ')}`,
    `  hash ${hash}`,
  ].join('\n');
}

let failures = 0;
const first = counted('seed', 1);
for (let seed = first; seed < first + counted('seeds', 1); seed++) {
  let shownAt = 0;
  const outcome = await live(seed, sizes, {
    progress(done, all, { clock, figures }) {
      if (performance.now() - shownAt < 1_000 || !process.stderr.isTTY) return;
      shownAt = performance.now();
      aside(
        `\r${clock.today()}  ${Math.floor((100 * done) / all)} %  ${figures.turns} turns, ${figures.notices} notices, ${figures.faults} faults `,
      );
    },
  });
  if (process.stderr.isTTY) aside('\r\u001b[K');
  say(values.json ? JSON.stringify({ seed, ...outcome }) : summary(seed, outcome));
  if (!outcome.failure) continue;
  failures++;
  say(`\n  ${outcome.failure.message}`);
  if (values['no-shrink']) {
    say(`\n${asConversation(outcome.failure.last)}\n`);
    continue;
  }
  const {
    plan,
    outcome: least,
    lived,
  } = await shrink(seed, sizes, planOf(seed, sizes), outcome, {
    most: counted('most', 40),
    progress: (left, n) => aside(`\rshrinking: ${left} happenings, ${n} histories `),
  });
  say(`\nThe shortest history found, after ${lived} others: ${plan.length} happenings.\n`);
  say(asConversation(least.failure?.last ?? []));
  say(
    `\n${least.failure?.message}\nAgain: npm run year -- --seed ${seed} --months ${sizes.months} --bodies ${sizes.bodies}\n`,
  );
}
process.exit(failures > 0 ? 1 : 0);
