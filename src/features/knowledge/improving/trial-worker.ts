import { parentPort, workerData } from 'node:worker_threads';
import { buildSearchIndex } from '../search/index.ts';
import { changed } from './rules/change.ts';
import { judge, moved } from './rules/judging.ts';
import type { TrialOrder, TrialReport } from './trial.ts';

// A thread of its own: two indexes are built and every known question is asked of both, which would stop all else.

const { material, change, known, references } = workerData as TrialOrder;
const tell = (report: TrialReport) => parentPort?.postMessage(report);
const PACE = 50;

const referenceOf = (id: string) => references[id];
const build = ({ entries, background }: TrialOrder['material']) => buildSearchIndex(entries, { background });

const total = known.length;
tell({ done: 0, total });
const [before, after] = [build(material), build(changed(material, change))];
const changes = known.flatMap((question, n) => {
  if (n % PACE === 0) tell({ done: n, total });
  const verdicts = [judge(before, question, referenceOf), judge(after, question, referenceOf)] as const;
  return moved(question, ...verdicts) ?? [];
});
tell({ done: total, total, changes });
