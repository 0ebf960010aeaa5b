import { z } from 'zod';
import { moneyOf } from '../text/typed.ts';

const AMOUNT = 'Écrivez le montant en dollars, comme 14 938,00.';

/** An amount as people write it, « 14 938,00 $ », as whole cents: below a billion dollars. */
export const Cents = z
  .string(AMOUNT)
  .max(100, AMOUNT)
  .transform((text) => moneyOf(text))
  .pipe(z.int(AMOUNT));

/** An amount in a form's field: « 14 938,00 ». */
export const amountField = (cents: number): string => {
  const [whole = '', decimals] = (cents / 100).toFixed(2).split('.');
  return `${whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, '\u00a0')},${decimals}`;
};
