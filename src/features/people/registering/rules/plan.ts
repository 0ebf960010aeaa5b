import { createHash } from 'node:crypto';
import { nameKeyOf, nearest, wordsOf } from '../../organizations/rules/names.ts';
import type { RegisterProblem, RegisterRow } from './row.ts';

/** A body as it is before an import. */
export interface KnownBody {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly kind: string | null;
  readonly rcti: boolean | null;
  readonly confirmed: boolean;
  readonly aliasKeys: ReadonlySet<string>;
  readonly tenants: ReadonlySet<string>;
  /** In lower case, each with the name that goes with it. */
  readonly contacts: ReadonlyMap<string, string>;
}

/** What a line of a register does to the body that it is about. */
export interface PlannedRow {
  readonly row: RegisterRow;
  /** The body that it completes; undefined for a new one. */
  readonly body: KnownBody | undefined;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly tenants: readonly string[];
  readonly contacts: RegisterRow['contacts'];
  /** It says the kind, or whether the RCTI applies, otherwise than it is known. */
  readonly says: boolean;
}

export interface Plan {
  readonly rows: readonly PlannedRow[];
  readonly problems: readonly RegisterProblem[];
  /** What is worth a look before it is confirmed. */
  readonly notes: readonly string[];
  /** The same for two plans that do the same. */
  readonly mark: string;
}

const NEAR_SHOWN = 50;

/** Everything under which bodies are known, by name. */
function namesOf(bodies: readonly KnownBody[]) {
  const byKey = new Map<string, KnownBody>();
  for (const body of bodies) for (const key of [body.key, ...body.aliasKeys]) byKey.set(key, body);
  return byKey;
}

/** The bodies whose name shares a word, or its beginning, with another name. */
function candidatesOf(byKey: ReadonlyMap<string, KnownBody>) {
  const starts = new Map<string, { key: string; name: string }[]>();
  for (const [key, { name }] of byKey)
    for (const start of new Set(wordsOf(key).map((word) => word.slice(0, 4)))) {
      const list = starts.get(start) ?? [];
      list.push({ key, name });
      starts.set(start, list);
    }
  return (key: string) => {
    // The rarest word tells bodies apart; « ministère » is in half of the names.
    const lists = wordsOf(key).map((word) => starts.get(word.slice(0, 4)) ?? []);
    return lists
      .sort((one, other) => one.length - other.length)
      .slice(0, 2)
      .flat();
  };
}

/** What a line changes of a body; `cell` of a problem is said by its line, since columns are not known any more. */
function planRow(
  row: RegisterRow,
  byKey: ReadonlyMap<string, KnownBody>,
  holders: ReadonlyMap<string, KnownBody>,
) {
  const problems: RegisterProblem[] = [];
  const refuse = (sentence: string) => problems.push({ cell: `ligne ${row.line}`, sentence });
  const key = nameKeyOf(row.name);
  const body = byKey.get(key);
  const aliases = row.aliases.filter((alias) => {
    const holder = byKey.get(nameKeyOf(alias));
    if (holder && holder.id !== body?.id)
      refuse(
        `« ${alias} » est déjà le nom d’un autre organisme : ${holder.name}. Fusionnez-les, ou retirez ce nom.`,
      );
    return !holder && nameKeyOf(alias) !== key;
  });
  const tenants = row.tenants.filter((tenant) => {
    const holder = holders.get(tenant);
    if (holder && holder.id !== body?.id)
      refuse(`Le locataire ${tenant} est celui d’un autre organisme : ${holder.name}.`);
    return !holder;
  });
  const planned: PlannedRow = {
    row,
    body,
    name: body?.name ?? row.name,
    aliases,
    tenants,
    contacts: row.contacts.filter(({ name, email }) => body?.contacts.get(email) !== name),
    says:
      (row.kind !== null && (row.kind !== body?.kind || !body.confirmed)) ||
      (row.rcti !== null && (row.rcti !== body?.rcti || !body.confirmed)),
  };
  return { planned, problems };
}

/** What an import would do now: new bodies, what is completed, what stands in its way. Nothing is ever taken away. */
export function planOf(rows: readonly RegisterRow[], bodies: readonly KnownBody[]): Plan {
  const byKey = namesOf(bodies);
  const holders = new Map(
    bodies.flatMap((body) => [...body.tenants].map((tenant) => [tenant, body] as const)),
  );
  const candidates = candidatesOf(byKey);
  const read = rows.map((row) => planRow(row, byKey, holders));
  const planned = read.map((each) => each.planned);
  const notes = planned
    .filter(({ body }) => !body)
    .flatMap(({ row }) => {
      const key = nameKeyOf(row.name);
      const [near] = nearest(key, candidates(key), 1);
      return near
        ? [`Ligne ${row.line} : « ${row.name} » ressemble à « ${near.name} », qui est déjà au registre.`]
        : [];
    })
    .slice(0, NEAR_SHOWN);
  const what = planned.map(({ row, body, aliases, tenants, contacts, says }) => [
    body?.key ?? row.name,
    aliases,
    tenants,
    contacts,
    says && [row.kind, row.rcti],
  ]);
  return {
    rows: planned,
    problems: read.flatMap((each) => each.problems),
    notes,
    mark: createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16),
  };
}

/** Whether a line changes nothing. */
const changesNothing = ({ body, aliases, tenants, contacts, says }: PlannedRow): boolean =>
  body !== undefined && aliases.length + tenants.length + contacts.length === 0 && !says;

/** How many of each, for those who confirm. */
export const countsOf = ({ rows }: Plan) => ({
  added: rows.filter(({ body }) => !body).length,
  completed: rows.filter((row) => row.body && !changesNothing(row)).length,
  same: rows.filter(changesNothing).length,
  aliases: rows.reduce((sum, { aliases }) => sum + aliases.length, 0),
  tenants: rows.reduce((sum, { tenants }) => sum + tenants.length, 0),
  contacts: rows.reduce((sum, { contacts }) => sum + contacts.length, 0),
  kinds: rows.filter(({ says }) => says).length,
});
