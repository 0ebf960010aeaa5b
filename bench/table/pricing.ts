import { row } from '../figures.ts';
import { pricesEachMonth } from '../scenarios.ts';
import { type Findings, french, type Line, times } from './line.ts';

const MOST_MS = 500;

async function measure(): Promise<Findings> {
  const { full, small, enumerated } = pricesEachMonth();
  row('', 'Courtier', 'enumeration', 'ratio');
  row('200 × 10 × 10, a step every month (ms)', full, '', '');
  row('3 × 5 × 8, a step every month (ms)', small, enumerated, small / enumerated);
  return {
    prices: {
      now: `${french(full / 1_000, 2)} s ; à la taille où l’énumération finit, ${times(small / enumerated)}`,
      kept: full < MOST_MS,
    },
  };
}

export const pricing: Line = {
  id: 'prices',
  minutes: 3,
  rows: [
    {
      id: 'prices',
      what: 'Prix exacts quand toutes les quantités changent chaque mois (200 fournisseurs × 10 offres × 10 catégories × 36 mois)',
      before: '0,9 à 1,2 s',
      goal: '< 0,5 s',
      peer: 'l’énumération de toutes les attributions, en plus petit',
    },
  ],
  measure,
};
