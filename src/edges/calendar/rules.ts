import { ContractRules } from '../../core/contract-rules.ts';
import { MeetingRules } from '../../core/meeting-rules.ts';
import { readYamlFile } from '../../core/yaml-file.ts';

/** When and how the broker meets. */
export const readMeetingRules = (file: string): MeetingRules => readYamlFile(file, MeetingRules);

/** The dates that the guide leaves open. */
export const readContractRules = (file: string): ContractRules => readYamlFile(file, ContractRules);
