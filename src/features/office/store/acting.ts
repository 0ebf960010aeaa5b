import { wrongField } from '../../../core/cards/refused.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import { isSame } from '../../../core/people/chosen-person.ts';
import { personKeyOf } from '../../../core/people/person-key.ts';
import type { Tx } from '../../../core/ports/db.ts';
import type { Deliveries } from '../../../core/ports/delivery.ts';
import type { Person } from '../../../core/turn.ts';
import type { Audit } from '../../people/index.ts';
import { holderOf, type Item, isAnothers, type Team } from '../rules/standing.ts';
import { ownerOf, type Reading, type ReadingParts } from './reading.ts';
import { type Act, buildWriting, nameOf, type Written } from './writing.ts';

/** Something that waits; `over` is the colleague, « tenant/object », who has it and whom one saw and passes over. */
export interface Target {
  readonly kind: string;
  readonly id: string;
  readonly over?: string | undefined;
}

/**
 * `owned`: a colleague has it, and nothing was done. `free`: it is handed back, and nobody had it. `changed`: somebody
 * acted just before. `gone`: it waits no more.
 */
export type ActOutcome =
  | { readonly kind: 'done' | 'free' | 'changed' | 'gone' }
  | { readonly kind: 'owned'; readonly by: Person };

interface ActingParts extends ReadingParts {
  readonly audit: Audit;
  readonly deliveries: Deliveries;
}

/** A thing that is to change hands, and whose it is to be. */
interface Move {
  readonly target: Target;
  readonly item: Item;
  readonly owner: Person | undefined;
}

/** As many as one gesture may be about. */
export const MOST_AT_ONCE = 200;

const DONE: ActOutcome = { kind: 'done' };
const inNameOrder = (one: Target, other: Target): number => (nameOf(one) < nameOf(other) ? -1 : 1);

type Held = Pick<Item, 'holder' | 'awayUntil'>;

/**
 * Why nothing is done: it is in the hands that it is given into already, or in a colleague's, unless they are passed over
 * by name.
 */
function unwritten(by: Person, act: Act, { target, owner }: Move, held: Held): ActOutcome | undefined {
  const { holder } = held;
  if (!holder && act.what === 'handBack') return { kind: 'free' };
  if (!holder || !isAnothers(held, by)) return undefined;
  if (act.what === 'assign' && isSame(holder, owner)) return DONE;
  return target.over === personKeyOf(holder) ? undefined : { kind: 'owned', by: holder };
}

/** In whose hands something is to be; a colleague must be of the staff. */
function nextOwner(by: Person, act: Act, { holder }: Item, { members }: Team): Person | undefined {
  if (act.what === 'take') return by;
  if (act.what === 'putOff') return holder;
  if (act.what === 'handBack') return undefined;
  const found = members.get(personKeyOf(act.to));
  if (!found) throw notFound();
  return found;
}

/** What members of the staff do with what waits, one or many at once. */
export function buildActing(parts: ActingParts, reading: Reading) {
  const { db, waits } = parts;
  const { heldActs, write, tell } = buildWriting(parts);
  const assignOf = (kind: string) => waits().find((each) => each.kind === kind)?.assign;

  /** The features that keep who has what are told first; false where somebody acted there just before. */
  async function handIn(tx: Tx, by: Person, act: Act, { item, owner }: Move): Promise<boolean> {
    const assign = act.what === 'putOff' ? undefined : assignOf(item.kind);
    return assign ? assign(tx, by, item.id, item.owner, owner) : true;
  }

  /** Writes what the office keeps, the office held: what became of each. */
  async function settle(tx: Tx, by: Person, act: Act, moves: readonly Move[], team: Team) {
    const outcomes: [string, ActOutcome][] = [];
    const given: Written[] = [];
    const left = await heldActs(
      tx,
      moves.map(({ item }) => item),
    );
    for (const move of moves) {
      const { item, owner } = move;
      const last = left.get(nameOf(item));
      const held = assignOf(item.kind) ? item : holderOf(last && ownerOf(last), team);
      const no = unwritten(by, act, move, held);
      const revision = no
        ? undefined
        : await write(tx, by, act, item, act.what === 'putOff' ? held.holder : owner, last);
      if (revision !== undefined) given.push({ item, revision });
      outcomes.push([nameOf(item), no ?? DONE]);
    }
    const [first] = moves;
    if (act.what === 'assign' && first?.owner && !isSame(first.owner, by)) await tell(tx, given, first.owner);
    return outcomes;
  }

  return {
    /**
     * Does the same with each of some things, in one transaction; what became of each, in their order. What a colleague
     * has is left alone unless one passes over them by name; whoever is given something is of the staff until it is done.
     */
    async act(by: Person, act: Act, targets: readonly Target[]): Promise<readonly ActOutcome[]> {
      if (targets.length > MOST_AT_ONCE)
        throw new CourtierError('refused', `Choisissez-en au plus ${MOST_AT_ONCE} à la fois.`);
      if (act.what === 'putOff' && Temporal.PlainDate.compare(act.until, reading.today()) <= 0)
        throw wrongField('until', 'Choisissez un jour à venir.');
      const seen = new Map((await reading.standingOf(targets)).map((item) => [nameOf(item), item]));
      const distinct = new Map(targets.map((target) => [nameOf(target), target]));
      const outcomes = new Map<string, ActOutcome>();
      await db.transaction(async (tx) => {
        const team = await reading.teamNow(tx, { held: act.what === 'assign' });
        const moves: Move[] = [];
        // The rows of the features before the office, always in this order.
        for (const target of [...distinct.values()].sort(inNameOrder)) {
          const item = seen.get(nameOf(target));
          const move = item && { target, item, owner: nextOwner(by, act, item, team) };
          const no = move ? unwritten(by, act, move, move.item) : { kind: 'gone' as const };
          if (no) outcomes.set(nameOf(target), no);
          else if (move && (await handIn(tx, by, act, move))) moves.push(move);
          else outcomes.set(nameOf(target), { kind: 'changed' });
        }
        if (moves.length === 0) return;
        for (const [name, outcome] of await settle(tx, by, act, moves, team)) outcomes.set(name, outcome);
      });
      return targets.map((target) => outcomes.get(nameOf(target)) ?? DONE);
    },
  };
}
