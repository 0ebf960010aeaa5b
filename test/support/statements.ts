import pg from 'pg';

/** What was asked of PostgreSQL: how many statements, and how many rows came. */
export interface Asked {
  readonly statements: number;
  readonly rows: number;
}

let statements = 0;
let rows = 0;
const ask: (...given: unknown[]) => unknown = pg.Client.prototype.query;

type Callback = (error: unknown, answer?: { readonly rows?: readonly unknown[] }) => void;
const isCallback = (value: unknown): value is Callback => typeof value === 'function';

/** From now on every statement of this worker is counted; gives what puts an end to it. */
export function countStatements(): () => void {
  const counted = (answer: { readonly rows?: readonly unknown[] } | undefined) => {
    rows += answer?.rows?.length ?? 0;
    return answer;
  };
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, ...given: unknown[]) {
      statements++;
      const last = given.at(-1);
      if (isCallback(last))
        given[given.length - 1] = (...[error, answer]: Parameters<Callback>) => last(error, counted(answer));
      const answer = ask.apply(this, given);
      return answer instanceof Promise ? answer.then(counted) : answer;
    },
  });
  return () => void Object.assign(pg.Client.prototype, { query: ask });
}

/** What some work asks. */
export async function askedBy(work: () => Promise<unknown>): Promise<Asked> {
  const before = { statements, rows };
  await work();
  return { statements: statements - before.statements, rows: rows - before.rows };
}
