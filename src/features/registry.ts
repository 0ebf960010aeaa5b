import type { Feature } from '../core/feature.ts';
import { type AcquisitionServices, acquisitions } from './acquisitions/index.ts';
import { type BroadcastServices, broadcasts } from './broadcasts/index.ts';
import { type CatalogueServices, catalogue } from './catalogue/index.ts';
import { type ContractServices, contracts } from './contracts/index.ts';
import { type EvaluationServices, evaluations } from './evaluations/index.ts';
import { type KickoffServices, kickoff } from './kickoff/index.ts';
import { type KnowledgeServices, knowledge } from './knowledge/index.ts';
import { type NeedsServices, needs } from './needs/index.ts';
import { type PeopleServices, people } from './people/index.ts';
import { type ReminderServices, reminders } from './reminders/index.ts';
import { type ScenarioServices, scenarios } from './scenarios/index.ts';
import { type WelcomeServices, welcome } from './welcome/index.ts';

/** Everything that handlers may ask for. */
export type Services = PeopleServices &
  CatalogueServices &
  AcquisitionServices &
  NeedsServices &
  ScenarioServices &
  KnowledgeServices &
  KickoffServices &
  ContractServices &
  EvaluationServices &
  BroadcastServices &
  ReminderServices &
  WelcomeServices;

/** Every feature of the assistant, in the order in which `aide` lists their commands and free text is offered. */
export const features: readonly Feature<Services>[] = [
  welcome,
  acquisitions,
  needs,
  scenarios,
  kickoff,
  contracts,
  evaluations,
  catalogue,
  knowledge,
  broadcasts,
  reminders,
  people,
];
