import { parseArgs } from 'node:util';
import { CourtierError } from '../core/errors.ts';

export interface DemoOptions<Scene extends string> {
  readonly help: boolean;
  readonly reset: boolean;
  /** The day that the assistant believes it is. */
  readonly at: Temporal.PlainDate | undefined;
  readonly scenes: readonly Scene[];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const refused = (sentence: string) => new CourtierError('invalid', sentence);

/** Reads the command line of the demonstration. Throws one sentence for what it does not know. */
export function readOptions<Scene extends string>(
  args: readonly string[],
  scenes: readonly Scene[],
): DemoOptions<Scene> {
  const { values, positionals } = parsed(args);
  const [stray] = positionals;
  if (stray !== undefined) throw refused(`« ${stray} » n’est pas une option : ${KNOWN}.`);
  for (const [name, value] of Object.entries(values))
    if (!(name in OPTIONS)) throw refused(`L’option --${name} est inconnue : ${KNOWN}.`);
    else if (typeof value !== OPTIONS[name as keyof typeof OPTIONS].type)
      throw refused(WRONG[name as keyof typeof WRONG]);
  return {
    help: values.help === true,
    reset: values.reset === true,
    at: typeof values.at === 'string' ? dayOf(values.at) : undefined,
    scenes: typeof values.with === 'string' ? scenesOf(values.with, scenes) : [],
  };
}

const OPTIONS = {
  help: { type: 'boolean' },
  reset: { type: 'boolean' },
  at: { type: 'string' },
  with: { type: 'string' },
} as const;

const KNOWN = 'il y a --reset, --at DATE, --with SCÈNES et --help';

const WRONG: Record<keyof typeof OPTIONS, string> = {
  help: 'L’option --help s’écrit seule.',
  reset: 'L’option --reset s’écrit seule.',
  at: 'L’option --at est suivie d’une date, comme 2027-03-01.',
  with: 'L’option --with est suivie de scènes, séparées par des virgules.',
};

/** Not strict: what Node would say of a mistake is neither French nor one sentence. */
const parsed = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: OPTIONS, strict: false, allowPositionals: true });

function dayOf(text: string): Temporal.PlainDate {
  if (!DAY.test(text)) throw refused(WRONG.at);
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    throw refused(`La date ${text} n’existe pas.`);
  }
}

/** Accents and case aside: they are not on every keyboard's way. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

function scenesOf<Scene extends string>(text: string, scenes: readonly Scene[]): Scene[] {
  const wanted = text.split(',').map((name) => {
    const scene = scenes.find((each) => plain(each) === plain(name));
    if (!scene) throw refused(`La scène « ${name.trim()} » est inconnue : il y a ${scenes.join(' et ')}.`);
    return scene;
  });
  return [...new Set(wanted)];
}
