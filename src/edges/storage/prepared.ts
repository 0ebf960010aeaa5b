import pg from 'pg';

/** How many statements a connection keeps prepared: each takes some 30 KB of the server, for each connection. */
export const MOST_PREPARED = 256;
/** How many texts are remembered until they come again; a list of another length is another text. */
const MOST_SEEN_ONCE = 250;
/** In characters: a longer text is a list of rows, which hardly comes again; what reads several tables whole is as long. */
const LONGEST = 6_000;

/** The names of the statements of one connection; each begins with `prefix`. */
export function statementNames(prefix = 'courtier') {
  const names = new Map<string, string>();
  const seenOnce = new Set<string>();

  /** The name under which a statement is prepared, from its second time on; `undefined` for what stays unnamed. */
  return function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known || names.size >= MOST_PREPARED || text.length > LONGEST) return known;
    if (!seenOnce.delete(text)) {
      if (seenOnce.size >= MOST_SEEN_ONCE) seenOnce.clear();
      seenOnce.add(text);
      return undefined;
    }
    const name = `${prefix}_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}

interface Statement {
  readonly text: string;
  readonly name?: string;
}

function statementOf(given: unknown): Statement | undefined {
  if (typeof given === 'string') return { text: given };
  const hasText = typeof given === 'object' && given !== null && 'text' in given;
  return hasText && typeof given.text === 'string' ? { ...given, text: given.text } : undefined;
}

/**
 * A client whose statements with values are prepared once, by their text: to read and plan one takes the server more
 * time than to carry it out. A proxy between must know prepared statements (PgBouncer 1.21 and newer).
 */
export class PreparingClient extends pg.Client {
  readonly nameOf = statementNames();
}

// pg declares `query` eight times over, for callers: what it is given is passed on whole.
Object.assign(PreparingClient.prototype, {
  query(this: PreparingClient, given: unknown, values: unknown, ...rest: unknown[]) {
    const statement = Array.isArray(values) && values.length > 0 ? statementOf(given) : undefined;
    const prepared =
      statement && !statement.name ? { ...statement, name: this.nameOf(statement.text) } : given;
    return Reflect.apply(pg.Client.prototype.query, this, [prepared, values, ...rest]);
  },
});
