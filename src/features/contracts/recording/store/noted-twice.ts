import { and, asc, eq, type SQL } from 'drizzle-orm';
import { asked } from '../../../../core/cards/refused.ts';
import { frenchDay } from '../../../../core/clock.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Contract, contractsNow } from '../../tables.ts';
import { notedForNone } from './records.ts';

/** Of whom a contract is: of a body, or of whoever noted it for none. */
export interface OfWhom {
  readonly organizationId: string | null;
  readonly person: PersonKey;
}

const theirs = ({ organizationId, person }: OfWhom): SQL | undefined =>
  organizationId ? eq(contractsNow.organizationId, organizationId) : notedForNone(person);

/** Asks first where the same body noted a contract with the same supplier, signed on the same day. */
export async function askOfSame(
  tx: Tx,
  whose: OfWhom,
  { supplierId, signedOn }: Pick<Contract, 'supplierId' | 'signedOn'>,
): Promise<void> {
  const { organizationId, person } = whose;
  // Two colleagues who note it at once: the second one is asked.
  await serialize(tx, 'contract.same', organizationId ?? person.objectId, supplierId, signedOn);
  const [same] = await tx
    .select()
    .from(contractsNow)
    .where(and(theirs(whose), eq(contractsNow.supplierId, supplierId), eq(contractsNow.signedOn, signedOn)))
    .orderBy(asc(contractsNow.number))
    .limit(1);
  if (same)
    throw asked(
      `Un contrat avec ${same.supplierName}, signé le ${frenchDay(signedOn)}, est déjà noté : « ${same.title} » (nº ${same.number}). En notez-vous un autre ?`,
    );
}
