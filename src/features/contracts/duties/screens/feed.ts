import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { PageRoute } from '../../../../core/feature.ts';
import { editionText } from '../../../../core/guide/index.ts';
import { Id } from '../../../../core/id.ts';
import type { Documents } from '../../../../core/ports.ts';
import type { ContractServices } from '../../screens/actions.ts';
import { detailOf } from '../../texts.ts';

const Subject = z.strictObject({ contract: Id, feed: z.int() });

/** A contract's duties for a calendar, whole days; those that are done say so. */
export const feedPage: PageRoute<
  ContractServices & { readonly clock: Clock; readonly documents: Documents }
> = {
  kind: 'contracts.feed',
  async handle(subject, form, { contracts, documents, clock }) {
    if (form) throw notFound();
    const { contract: id, feed } = Subject.parse(subject);
    const { contract, duties, done } = await contracts.feed(id, feed);
    const body = await documents.agenda(
      `Contrat nº ${contract.number}`,
      duties.map((duty) => ({
        id: `${id}-${duty.id}`,
        title: `${done.has(duty.id) ? '✓ ' : ''}${duty.title}`,
        text: [
          ...detailOf(duty, contract, contracts.rules),
          `Guide, section ${duty.section} (${editionText()})`,
        ].join('\n'),
        when: duty.due,
        sequence: contract.revision,
      })),
      clock.now(),
    );
    return { status: 200, mediaType: 'text/calendar', body };
  },
  refuse: (sentence) => ({
    status: 404,
    mediaType: 'text/html',
    body: `<!doctype html><title>Courtier</title><p>${sentence}</p>`,
  }),
};
