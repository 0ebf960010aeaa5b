import { z } from 'zod';
import { centsOf } from './money.ts';

const AMOUNT = 'Écrivez le montant en dollars, comme 14 938,00.';

/** An amount as people write it, « 14 938,00 $ », as whole cents. */
export const Cents = z
  .string(AMOUNT)
  .trim()
  .transform((text) => text.replace(/[\s\u00a0\u202f$]/g, '').replace(',', '.'))
  .pipe(z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, AMOUNT))
  .transform(centsOf);

/** An amount in a form's field: « 14938,00 ». */
export const amountField = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',');
