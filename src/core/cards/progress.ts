/** How far something is, for a template's bar: two columns of proportionate width, and which of them there are. */
export const progressBar = (done: number, total: number) => ({
  barDone: Math.max(1, Math.round((done * 100) / total)),
  barLeft: Math.max(1, Math.round(((total - done) * 100) / total)),
  barBegun: done > 0,
  barEnds: done < total,
});
