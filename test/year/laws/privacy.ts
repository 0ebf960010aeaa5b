import { CODES } from '../cast.ts';
import { everOf, homesOf, lookAtHomes } from '../homes.ts';
import { judged, type Law, nothing } from '../law.ts';

/** What bodies write, and let each other read. */
const SHARED = /^(?:contracts\/references)$/;
/** What somebody sent the broker in their own name, and what they were answered. */
const OWN = /^(?:contracts\/(?:answer|comment-sent|my-comments)|knowledge\/(?:answered|escalated|requests))$/;

/** A word of a body is read by its own people and by the broker's, and by nobody else. */
export const apart: Law = {
  id: 'nobody sees what is another body’s',
  from: 'docs/reliability.md: what is a body’s is seen by those who act for it',
  shown({ to, shown }, world) {
    if (to.kind !== 'client' || SHARED.test(shown.template)) return nothing;
    const codes = [...shown.words.matchAll(CODES)].map(([word]) => word);
    const homes = OWN.test(shown.template) ? everOf(world, to) : homesOf(world, to);
    const foreign = codes.find((code) => !homes.has(code));
    return judged(
      codes.length,
      foreign &&
        `${to.person.name} (${[...homes]}) reads « ${foreign} » in ${shown.template || 'a text'}: ${shown.words.slice(0, 200)}`,
    );
  },
  async day(world) {
    await lookAtHomes(world);
    return nothing;
  },
};
