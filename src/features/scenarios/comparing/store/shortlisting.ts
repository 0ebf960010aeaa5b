import { isDeepStrictEqual } from 'node:util';
import { markOf } from '../../../../core/cards/showed.ts';
import type { Id } from '../../../../core/id.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import { type Conclusion, requestFact } from '../../../acquisitions/index.ts';
import { readRequest } from '../../pricing/rules/request.ts';
import { shortlistFact } from '../../rules/facts.ts';
import { meetingOffers } from '../rules/meeting-offers.ts';
import { type Comparing, type ComparingPorts, OPEN } from './comparing.ts';

const UNSEEN = 'Voyez les offres conformes, puis confirmez la liste.';
const MOVED =
  'Les offres conformes ne sont plus celles que vous avez confirmées : voyez la liste de nouveau.';

/** Concludes of the second and third steps: done while the offers that meet the needs are those that were confirmed. */
export function concludeShortlists({ files, catalogue }: ComparingPorts): void {
  async function shortlisted(from: Db, id: string): Promise<Conclusion> {
    const { request, shortlist } = await files.readFacts(from, id, {
      request: requestFact,
      shortlist: shortlistFact,
    });
    const read = readRequest(request.value);
    if (read.kind !== 'valid') return { done: false, missing: [OPEN] };
    if (!shortlist.value) return { done: false, missing: [UNSEEN] };
    const now = meetingOffers(read.request, (await catalogue.current(from)).fiches);
    return isDeepStrictEqual([...shortlist.value.offers].sort(), now)
      ? { done: true, missing: [] }
      : { done: false, missing: [MOVED] };
  }
  files.concludes('catalogue', shortlisted);
  files.concludes('shortlist', shortlisted);
}

/** The list of the offers that meet the needs of a file (guide 3.3). */
export function buildShortlisting({ db, files, quotas }: ComparingPorts, { comparisonOf }: Comparing) {
  return {
    /**
     * The shortlist is seen and kept as it is: the second and third steps are done. False where the offers are no longer
     * those that its card showed: it is to be seen again.
     */
    confirmShortlist: (
      person: Person,
      id: string,
      showed: string | undefined,
      effect: Id,
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        const { request, fiches } = await comparisonOf(id, person, tx);
        const offers = meetingOffers(request, fiches);
        if (showed !== undefined && showed !== markOf(offers)) return false;
        const sentence = `Liste d’offres conformes confirmée : ${offers.length}.`;
        if (!(await files.record(tx, id, person, sentence, { entry: effect }))) {
          const { value } = await files.readFact(tx, id, shortlistFact);
          return isDeepStrictEqual(value?.offers, offers);
        }
        await quotas.spend(tx, person, 'scenarios.confirmShortlist');
        await files.writeFact(tx, id, shortlistFact, { offers });
        return true;
      }),
  };
}
