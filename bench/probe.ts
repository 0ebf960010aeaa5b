import { writeFileSync } from 'node:fs';

// Loaded before a program, for a measure: how long its loop was held, and what it held of memory, at the most. With
// SIGUSR2 it writes them in the file that PROBE_FILE names, and begins anew.

const EVERY_MS = 5;
let [last, held, most] = [performance.now(), 0, 0];
setInterval(() => {
  const now = performance.now();
  held = Math.max(held, now - last - EVERY_MS);
  most = Math.max(most, process.memoryUsage.rss());
  last = now;
}, EVERY_MS).unref();
process.on('SIGUSR2', () => {
  const now = process.memoryUsage.rss();
  writeFileSync(
    process.env.PROBE_FILE ?? '',
    JSON.stringify({ held, most: Math.max(most, now) / 1e6, now: now / 1e6 }),
  );
  [last, held, most] = [performance.now(), 0, 0];
});
