import type { Tx } from '../../../core/ports/db.ts';
import type { Person } from '../../../core/turn.ts';

/** Something that is under way in a file, of another feature, and what becomes of it once the file is archived. */
export interface UnderWayThing {
  /** What it is, and what archiving does to it: said before. */
  readonly sentence: string;
  /** Ends it, or tells whom it concerns; absent where nothing is to be done. Gives back what is said of it, if anything. */
  readonly end?: (tx: Tx, person: Person) => Promise<string>;
}

/** What is under way in a file that is held; undefined where nothing is. */
type Finder = (tx: Tx, file: string) => Promise<UnderWayThing | undefined>;

/** What is under way in files. Each feature that has something there brings its own way to find it, once, when it is built. */
export function buildEndings() {
  const finders: Finder[] = [];
  return {
    goesOn(finder: Finder): void {
      finders.push(finder);
    },

    /** What is under way in a file, which is held until the transaction ends. */
    async underWayIn(tx: Tx, file: string): Promise<readonly UnderWayThing[]> {
      const found: UnderWayThing[] = [];
      // One after the other: they share a transaction.
      for (const finder of finders) {
        const thing = await finder(tx, file);
        if (thing) found.push(thing);
      }
      return found;
    },
  };
}
