import { judged, type Law } from '../law.ts';

/** What nobody is to read, whatever happened: the house's own apology, and what a program lets through. */
const RAW = /pas pu terminer|\bundefined\b|\[object Object\]|\bNaN\b|\$\{|Failed query|Error:|\bnull\b/;
/** What the log says of a turn or a job that failed for no reason that was foreseen. */
const FAILED = /^error (?:turn failed|job failed|notice not composed|delivery failed)/;

/** « Aucune erreur brute n’est montrée »: what goes wrong is said in words that help. */
export const noRawError: Law = {
  id: 'no raw error',
  from: 'docs/reliability.md, what is told when something fails',
  shown({ shown, trouble }) {
    const found = RAW.exec(shown.words)?.[0];
    return judged(
      1,
      found !== undefined && !(trouble && found === 'pas pu terminer')
        ? `« ${found} » is shown: ${shown.words.slice(0, 300)}`
        : undefined,
    );
  },
  turn({ what }, world) {
    const failed = world.logged.splice(0).find((line) => FAILED.test(line));
    return judged(1, failed && `${what}: ${failed.slice(0, 1_500)}`);
  },
};
