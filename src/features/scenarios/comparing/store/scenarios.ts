import type { Db } from '../../../../core/ports/db.ts';
import type { Relied, ReliedTogether } from '../../../../core/routes/keeping.ts';
import type { PersonKey } from '../../../people/index.ts';
import { buildAuthorizing } from './authorizing.ts';
import { concludeChoices } from './choice-conclusion.ts';
import { buildGrounds, type ChoosingPorts } from './choice-ground.ts';
import { buildChoosing } from './choosing.ts';
import { buildComparing } from './comparing.ts';
import { relyingFiles, relyingOf } from './relying.ts';
import { buildSealing } from './sealing.ts';
import { buildShortlisting, concludeShortlists } from './shortlisting.ts';

/** From the needs of a file to a choice that can be defended (guide 3.3 and 3.4). */
export function buildScenarios(ports: ChoosingPorts) {
  const comparing = buildComparing(ports);
  const sealing = buildSealing(ports, comparing);
  const grounds = buildGrounds(ports);
  concludeShortlists(ports);
  concludeChoices(ports.files, grounds);
  return {
    ...comparing,
    ...buildShortlisting(ports, comparing),
    ...sealing,
    ...buildChoosing(ports, { ...comparing, ...sealing }, grounds),
    ...buildAuthorizing(ports, grounds),
    drift: grounds.drift,
    /** The open files whose list, comparison or choice has something of these suppliers' fiches in it, by id. */
    relyingFiles: (from: Db, on: ReliedTogether) => relyingFiles(from, on),
    /** A person's, each with what became of its scenario. */
    relyingOf: (on: Relied, person: PersonKey) => relyingOf(ports.db, grounds, on, person),
  };
}

export type ScenarioService = ReturnType<typeof buildScenarios>;
