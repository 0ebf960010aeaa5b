import { buildChoosing, type ChoosingPorts } from './choosing.ts';
import { buildComparing } from './comparing.ts';

/** From the needs of a file to a choice that can be defended (guide 3.3 and 3.4). */
export function buildScenarios(ports: ChoosingPorts) {
  const comparing = buildComparing(ports);
  return { ...comparing, ...buildChoosing(ports, comparing) };
}

export type ScenarioService = ReturnType<typeof buildScenarios>;
