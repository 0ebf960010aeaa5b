import { concludeChoices } from './choice-conclusion.ts';
import { buildGrounds, type ChoosingPorts } from './choice-ground.ts';
import { buildChoosing } from './choosing.ts';
import { buildComparing } from './comparing.ts';

/** From the needs of a file to a choice that can be defended (guide 3.3 and 3.4). */
export function buildScenarios(ports: ChoosingPorts) {
  const comparing = buildComparing(ports);
  const grounds = buildGrounds(ports, comparing);
  concludeChoices(ports.files, grounds);
  return { ...comparing, ...buildChoosing(ports, comparing, grounds), drift: grounds.drift };
}

export type ScenarioService = ReturnType<typeof buildScenarios>;
