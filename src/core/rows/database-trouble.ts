/** A connection to the database could not be had. */
export class NoConnection extends Error {
  constructor(cause: unknown) {
    super('no connection to the database', { cause });
    this.name = 'NoConnection';
  }
}

/**
 * Why the database did not do what was asked, when the fault is not in the asking. `away`: it does not
 * answer. `busy`: somebody holds what was needed, or it took too long. `full`: it has no room left.
 */
export type DatabaseTrouble = 'away' | 'busy' | 'full';

/** `lock_not_available`, `query_canceled`, `deadlock_detected`, and the two timeouts of transactions. */
const BUSY = new Set(['55P03', '57014', '40P01', '25P03', '25P04']);
/** `disk_full`. */
export const FULL = '53100';
/** Lost connections (class 08), a server that stops or starts, and the other exhausted resources (class 53). */
const AWAY = /^(08|53)...$|^57P0[1-3]$/;
/** What drivers say of a connection that broke in the middle of a query. */
const BROKEN = /^Connection terminated|not queryable|^the database is silent|^PGlite is clos/;
const NETWORK = /^E[A-Z]{3,}$/;

/** What is the matter with the database, by an error and its causes; undefined when the error is another. */
export function databaseTrouble(error: unknown): DatabaseTrouble | undefined {
  let asking = false;
  for (let step = error; step instanceof Error; step = step.cause) {
    if (step instanceof NoConnection) return 'away';
    const code = 'code' in step && typeof step.code === 'string' ? step.code : '';
    if (code === FULL) return 'full';
    if (BUSY.has(code)) return 'busy';
    if (AWAY.test(code) || BROKEN.test(step.message)) return 'away';
    // A network that fails is the database's only under a query: Teams and Graph are asked through it, too.
    if (asking && NETWORK.test(code)) return 'away';
    asking ||= step.message.startsWith('Failed query');
  }
  return undefined;
}

/** What a person is told of it. */
export const TROUBLES: Readonly<Record<DatabaseTrouble, string>> = {
  away: 'Je n’ai pas accès à la base de données en ce moment. Veuillez réessayer dans quelques minutes. Je peux toujours répondre à une question sur le guide.',
  busy: 'Ce que vous demandez est retenu par un autre travail en ce moment. Rien n’est perdu : veuillez réessayer dans un instant.',
  full: 'Je ne peux rien enregistrer en ce moment : la base de données n’a plus de place. L’équipe technique doit intervenir ; veuillez réessayer plus tard.',
};
