import { buildClarifying } from './clarifying.ts';
import { buildReminding } from './reminding.ts';
import { buildSupportRecords, type DossierPorts } from './support-records.ts';
import { buildTrying } from './trying.ts';
import { buildWeighing } from './weighing.ts';

/** Keeps what supports a choice in the acquisition file (guide 3.3.2, 3.4.2 and 4.12). */
export function buildDossier(ports: DossierPorts) {
  const records = buildSupportRecords(ports);
  return {
    supportOf: records.supportOf,
    ...buildClarifying(ports, records),
    ...buildTrying(ports, records),
    ...buildWeighing(records),
    ...buildReminding(ports),
  };
}

export type Dossier = ReturnType<typeof buildDossier>;
