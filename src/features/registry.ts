import type { Member, ServicesOf } from '../core/manifest.ts';
import { acquisitions } from './acquisitions/index.ts';
import { broadcasts } from './broadcasts/index.ts';
import { catalogue } from './catalogue/index.ts';
import { contracts } from './contracts/index.ts';
import { evaluations } from './evaluations/index.ts';
import { kickoff } from './kickoff/index.ts';
import { knowledge } from './knowledge/index.ts';
import { needs } from './needs/index.ts';
import { office } from './office/index.ts';
import { people } from './people/index.ts';
import { reminders } from './reminders/index.ts';
import { scenarios } from './scenarios/index.ts';
import { welcome } from './welcome/index.ts';

/**
 * One line a feature, in the order in which `aide` lists their commands and free text is offered. The order in which
 * they are built is another one: each says which are below it.
 */
const registry = [
  welcome,
  acquisitions,
  needs,
  scenarios,
  kickoff,
  contracts,
  evaluations,
  catalogue,
  people,
  knowledge,
  broadcasts,
  office,
  reminders,
] as const;

/** Everything that handlers may ask for. */
export type Services = ServicesOf<typeof registry>;

/** Every feature of the assistant. */
export const features: readonly Member<Services>[] = registry;
