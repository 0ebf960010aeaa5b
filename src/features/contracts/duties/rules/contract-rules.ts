import { join } from 'node:path';
import { z } from 'zod';
import { CONTENT_FOLDER } from '../../../../core/content.ts';
import { readYamlFile } from '../../../../core/process/yaml-file.ts';

/** A deployer's choices for the duties of a contract, where the guide sets no date. */
export const ContractRules = z.strictObject({
  /** Months before the end when planning the exit begins (guide 4.11). */
  exitMonths: z.int().min(1).max(24),
  /** Days after the signature by which the publication in the SEAO is recalled (guide 4.1). */
  publicationDays: z.int().min(1).max(365),
  /** Days after a quarter by which its paid invoices are to be noted (guide 4.3). */
  feeDays: z.int().min(1).max(90),
  /** Days after the end of a contract by which its last invoice is taken to be paid (guide 4.3). */
  lastPaymentDays: z.int().min(0).max(180).default(30),
  /** Days before a date when it is recalled first. */
  remindDays: z.int().min(1).max(60),
});
export type ContractRules = z.output<typeof ContractRules>;

export const CONTRACTS_FILE = join(CONTENT_FOLDER, 'calendar/contrats.yaml');
/** The dates that the guide leaves open. Throws one sentence when the file cannot be used. */
export const readContractRules = (file: string): ContractRules => readYamlFile(file, ContractRules);
