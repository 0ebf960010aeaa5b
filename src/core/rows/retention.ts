import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { PersonColumns } from '../people/is-person.ts';
import type { Limit, Period } from '../time/periods.ts';

/** When rows of a table go. */
export type End =
  /** With the row of another table that they belong to: `on` are the columns that name it by its `id`. */
  | {
      readonly with: PgTable;
      readonly on: readonly [PgColumn, ...PgColumn[]];
      readonly id: readonly [PgColumn, ...PgColumn[]];
    }
  /** When a period has passed since something. */
  | {
      readonly period: Period;
      /** Since what: « le dernier changement ». */
      readonly since: string;
      /** The rows whose period has passed. */
      readonly past: (limit: Limit) => SQL;
      /** Who takes them away sooner than the purge of each night, or in its place. */
      readonly by?: string;
      readonly apart?: true;
    }
  /** Never, as long as the assistant serves: nobody is named there. */
  | 'never';

/** Somebody whom the rows of a table name: by their tenant and id, and by what they are called there. */
export interface Named extends PersonColumns {
  readonly name?: PgColumn;
}

/** What becomes of somebody in a table when they have themselves erased. */
export interface Persons {
  readonly named: readonly [Named, ...Named[]];
  /** `goes`: their rows are deleted. `stays`: without their id and name. `kept`: as they are, for the table's reason. */
  readonly erased: 'goes' | 'stays' | 'kept';
  /** One of the rows, and several, as the card of erasing counts them: « question posée », « questions posées ». */
  readonly noun: readonly [string, string];
}

/** How long the rows of a table are kept, why, and whom they name. Each table has one, beside the tables of its feature. */
export interface Retention {
  readonly table: PgTable;
  /** What its rows are, for whoever reads the table of periods. */
  readonly what: string;
  readonly why: string;
  readonly ends: readonly [End, ...End[]];
  readonly persons?: Persons;
  /** Columns without an id where somebody's name is written, and how it is found there when they are erased. */
  readonly alsoNamed?: Readonly<Record<string, string>>;
}

/** Rows of a table, of whichever feature, that are kept longer than their own period, while something lasts. */
export interface Hold {
  readonly table: PgTable;
  readonly period: Period;
  /** Since what: « la fin du contrat ». */
  readonly since: string;
  readonly why: string;
  /** The rows for which the period has not passed. */
  readonly rows: (limit: Limit) => SQL;
}

/** What a row that stays says in place of the name of somebody who had themselves erased. */
export const GONE = 'Une personne partie';
