import type { Model } from '../../src/features/knowledge/search/confidence.ts';
import { chance } from '../../src/features/knowledge/search/confidence.ts';

export interface Sample {
  readonly features: readonly number[];
  readonly true: boolean;
  readonly weight: number;
}

const STEPS = 40;
/** Keeps weights small where the samples say nothing. */
const RIDGE: number = 0.01;

/** Fits a logistic regression by Newton's method: the weights, after the intercept. */
export function fitted(samples: readonly Sample[]): Model {
  const size = (samples[0]?.features.length ?? 0) + 1;
  let model: number[] = new Array(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient: number[] = model.map((weight, n) => (n === 0 ? 0 : RIDGE * weight));
    const curve = Array.from({ length: size }, (_, n) =>
      Array.from({ length: size }, (__, m) => (n === m ? RIDGE : 0)),
    );
    for (const { features, true: happened, weight } of samples) {
      const row = [1, ...features];
      const said = chance(model, features);
      const error = weight * (said - (happened ? 1 : 0));
      const spread = weight * said * (1 - said);
      row.forEach((value, n) => {
        gradient[n] = (gradient[n] ?? 0) + error * value;
        const line = curve[n] ?? [];
        row.forEach((other, m) => {
          line[m] = (line[m] ?? 0) + spread * value * other;
        });
      });
    }
    const move = solved(curve, gradient);
    model = model.map((weight, n) => weight - (move[n] ?? 0));
  }
  return model.map((weight) => Math.round(weight * 100) / 100);
}

/** Solves a system of linear equations by elimination, the largest pivot first. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((line, n) => [...line, right[n] ?? 0]);
  const size = rows.length;
  for (let n = 0; n < size; n++) {
    let pivot = n;
    for (let m = n + 1; m < size; m++)
      if (Math.abs(rows[m]?.[n] ?? 0) > Math.abs(rows[pivot]?.[n] ?? 0)) pivot = m;
    const [top, best] = [rows[n] ?? [], rows[pivot] ?? []];
    rows[pivot] = top;
    rows[n] = best;
    for (let m = 0; m < size; m++) {
      const row = rows[m];
      if (m === n || !row) continue;
      const ratio = (row[n] ?? 0) / (best[n] || 1);
      for (let c = n; c <= size; c++) row[c] = (row[c] ?? 0) - ratio * (best[c] ?? 0);
    }
  }
  return rows.map((row, n) => (row[size] ?? 0) / (row[n] || 1));
}
