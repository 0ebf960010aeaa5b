import { parentPort, workerData } from 'node:worker_threads';
import { written } from './flat.ts';
import { buildSearchIndex } from './index.ts';
import type { SearchMaterial } from './ranker.ts';

// A thread of its own: to learn some thousands of wordings takes a second, for which nobody should wait.

const material = workerData as SearchMaterial;
const bytes = written(buildSearchIndex(material.entries, material).state);
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
