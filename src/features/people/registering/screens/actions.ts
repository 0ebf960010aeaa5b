import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { Id } from '../../../../core/id.ts';
import type { Documents } from '../../../../core/ports/documents.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { ActionTurn, MessageTurn, Turn } from '../../../../core/turn.ts';
import type { People } from '../../roster/store/people.ts';
import { Nothing } from '../../screens/schema.ts';
import { readRegister } from '../rules/reading.ts';
import type { Confirmed, Register } from '../store/register.ts';
import { registerCard, registerHelpCard } from './cards.ts';
import { registersCard } from './trail-card.ts';

interface RegisterServices {
  readonly register: Register;
  readonly documents: Documents;
}

interface TrailServices {
  readonly people: People;
  readonly timeZone: string;
}

const Import = z.object({ import: Id, page: z.int().min(1).max(10_000).default(1) });
const TrailPage = z.object({ page: z.int().min(1).max(10_000).default(1) });
const Confirmation = z.object({ import: Id, mark: z.string().regex(/^[0-9a-f]{16}$/) });

/** A list of bodies is a table; a fiche says its supplier and its date in its name, a report that it is one. */
export const isRegister = (name: string): boolean =>
  /\.(?:csv|xlsx)$/i.test(name) && !/_\d{4}-\d{2}-\d{2}\.xlsx$|rapport|trimestr/i.test(name);

const drawn = async (
  { person }: Pick<Turn, 'person'>,
  { import: id, page = 1 }: { readonly import: string; readonly page?: number },
  { register }: RegisterServices,
  word = '',
): Promise<Card> => {
  const found = await register.find(id, person);
  return registerCard(found, await register.planned(found.rows), page, word);
};

/** A register dropped in the chat: read and checked, then shown with what it would do. Nothing is written yet. */
export async function registerDropped(turn: MessageTurn, services: RegisterServices): Promise<void> {
  const [file, ...others] = turn.files;
  if (!file || others.length > 0)
    throw new CourtierError('refused', 'Déposez un seul registre à la fois : chacun a son rapport.');
  const read = readRegister(await services.documents.read(file.name, await file.read()));
  const kept = await services.register.keep(turn, file.name, read);
  await turn.reply(await drawn(turn, { import: kept.id }, services));
}

export const showRegister = action('people.register', Import, draws(drawn), 'staff');

const WORDS: Record<Confirmed, string> = {
  done: 'C’est fait. « organismes » montre le registre.',
  changed: 'Le registre a changé entre-temps. Regardez de nouveau ce que le fichier fera, puis confirmez.',
  closed: 'Ce fichier n’attendait plus rien.',
};

export const confirmRegister = action(
  'people.confirmRegister',
  Confirmation,
  redraws(
    (turn, { import: id, mark }, { register }: RegisterServices) => register.confirm(turn.person, id, mark),
    (turn: ActionTurn, input, services: RegisterServices, word) =>
      drawn(turn, { import: input.import }, services, word),
    (done) => WORDS[done],
  ),
  'staff',
);

export const discardRegister = action(
  'people.discardRegister',
  Import,
  redraws(
    ({ person }, { import: id }, { register }: RegisterServices) => register.discard(person, id),
    (turn: ActionTurn, input, services: RegisterServices, word) => drawn(turn, input, services, word),
  ),
  'staff',
);

/** Who dropped, gave up or imported a register, and what that changed: for the whole team. */
export const registers = action(
  'people.registers',
  TrailPage,
  draws(async (_turn, { page }, { register, people, timeZone }: RegisterServices & TrailServices) => {
    const trail = await register.trail(page);
    return registersCard(trail, await people.names(trail.items), timeZone);
  }),
  'staff',
);

export const registerHelp = action(
  'people.registerHelp',
  Nothing,
  draws(() => registerHelpCard()),
  'staff',
);
