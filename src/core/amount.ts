import { z } from 'zod';
import { latinDigits } from './digits.ts';
import { centsOf } from './money.ts';

const AMOUNT = 'Écrivez le montant en dollars, comme 14 938,00.';

/** An amount as people write it, « 14 938,00 $ », as whole cents: below a billion dollars. */
export const Cents = z
  .string(AMOUNT)
  .max(100, AMOUNT)
  .transform((text) => latinDigits(text).replace(/[\s$]/g, '').replace(/[,٫]/, '.'))
  .pipe(z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, AMOUNT))
  .transform(centsOf);

/** An amount in a form's field: « 14938,00 ». */
export const amountField = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',');
