import type { PersonKey } from '../people/person-key.ts';

/** Who the bot is to Entra. */
export interface Identity {
  /** A token for a scope, of the bot's own tenant or of another that let it in; throws when Entra gives none. */
  getToken(
    scope: string,
    tenantId?: string,
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}

/** `present`: it was there. `unknown`: no such person or team. `refused`: a policy of the organization, or no right. */
export type InstallOutcome = 'installed' | 'present' | 'unknown' | 'refused';

/**
 * What an organization granted the assistant, by a token that it asked of its tenant: all that installing needs, a part
 * of it, or nothing: nobody there consented.
 */
export type Consent = 'given' | 'partial' | 'missing';

/** Installs the assistant where it lacks, in the tenants that allow it. Throws when it may be tried again later. */
export interface Installer {
  /** The tenants whose catalogue of apps has the assistant, each with its id there. */
  readonly catalogues: ReadonlyMap<string, string>;
  /** None is known of a tenant without a catalogue: the outcome is « refused ». */
  forPerson(tenantId: string, objectId: string): Promise<InstallOutcome>;
  forTeam(tenantId: string, groupId: string): Promise<InstallOutcome>;
  consent(tenantId: string): Promise<Consent>;
}

/** A group of a directory. */
export interface DirectoryGroup {
  readonly tenantId: string;
  readonly id: string;
  readonly name: string;
}

/** Who is in the directories of the organizations that let them be read. Throws when it may be tried again later. */
export interface Directory {
  /** The people who have these addresses, by address in lower case; those whom no directory knows are absent. */
  findByEmail(emails: readonly string[]): Promise<ReadonlyMap<string, PersonKey>>;
  /** The groups whose name begins so, at most so many in each directory. */
  groupsNamed(name: string, most: number): Promise<readonly DirectoryGroup[]>;
  /** A group that has this id; undefined where it is no more. */
  findGroup(tenantId: string, id: string): Promise<DirectoryGroup | undefined>;
  /** The people of a group and of the groups in it, at most so many. */
  membersOf(tenantId: string, id: string, most: number): Promise<readonly PersonKey[]>;
}
