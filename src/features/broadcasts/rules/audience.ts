/** Whom a broadcast is for: any of these, each person and channel once. */
export interface AudienceChoice {
  /** Those who follow everything, and those who follow one of its categories or suppliers; all of them if it has none. */
  readonly subscribers: boolean;
  /** Every channel in which the assistant is installed. */
  readonly channels: boolean;
  /** The members of open acquisition files that it concerns; of all of them if it concerns nothing in particular. */
  readonly acquisitions: boolean;
  /** Those who follow contracts in force that it concerns; all of them if it concerns nothing in particular. */
  readonly contracts: boolean;
  /** The confirmed members of these bodies. */
  readonly organizations: readonly string[];
  /** Every person who has the assistant installed. */
  readonly installed?: boolean;
  /** The staff's own channel: it is left out of all others. */
  readonly staffChannel?: boolean;
  /** The people of these lists, which files or groups of Entra gave. */
  readonly lists?: readonly string[];
}

export const NOBODY: AudienceChoice = {
  subscribers: false,
  channels: false,
  acquisitions: false,
  contracts: false,
  organizations: [],
};

export const isNobody = ({ organizations, lists = [], ...groups }: AudienceChoice): boolean =>
  !Object.values(groups).includes(true) && organizations.length + lists.length === 0;

/** The groups that a form ticks. */
export const GROUPS = [
  'subscribers',
  'channels',
  'acquisitions',
  'contracts',
  'installed',
  'staffChannel',
] as const;
export type Group = (typeof GROUPS)[number];

/** What was chosen, by what is ticked: a notice of the release before says nothing of what it could not choose. */
export const choiceOf = (
  groups: readonly Group[],
  organizations: readonly string[],
  lists: readonly string[],
): AudienceChoice => ({
  subscribers: groups.includes('subscribers'),
  channels: groups.includes('channels'),
  acquisitions: groups.includes('acquisitions'),
  contracts: groups.includes('contracts'),
  organizations,
  ...(groups.includes('installed') && { installed: true }),
  ...(groups.includes('staffChannel') && { staffChannel: true }),
  ...(lists.length > 0 && { lists }),
});
