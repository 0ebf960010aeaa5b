import { and, eq, sql } from 'drizzle-orm';
import type { Contracts } from '../../../contracts/index.ts';
import { evaluations } from '../../tables.ts';

/** Tells contracts how far each was evaluated: what was submitted rests on what was noted then. */
export const tellEvaluated = (contracts: Contracts): void =>
  contracts.evaluatedSays(async (from, contract) => {
    const [row] = await from
      .select({ final: sql<boolean | null>`bool_or(${evaluations.final})` })
      .from(evaluations)
      .where(and(eq(evaluations.contractId, contract), eq(evaluations.state, 'submitted')));
    return typeof row?.final === 'boolean' ? (row.final ? 'final' : 'yearly') : 'no';
  });
