import type { Law } from '../law.ts';

/** What bodies write, and let each other read. */
const SHARED = /^(?:contracts\/references)$/;

/** A word of a body is read by its own people and by the broker's, and by nobody else. */
export const apart: Law = {
  id: 'nobody sees what is another body’s',
  from: 'docs/reliability.md: what is a body’s is seen by those who act for it',
  shown({ to, shown }) {
    if (to.kind !== 'client' || SHARED.test(shown.template)) return undefined;
    const foreign = [...shown.words.matchAll(/Quetzal\d+x/g)]
      .map(([word]) => word)
      .find((word) => word !== to.code);
    return (
      foreign &&
      `${to.person.name} (${to.code}) reads « ${foreign} » in ${shown.template || 'a text'}: ${shown.words.slice(0, 200)}`
    );
  },
};
