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
}

export const NOBODY: AudienceChoice = {
  subscribers: false,
  channels: false,
  acquisitions: false,
  contracts: false,
  organizations: [],
};

export const isNobody = ({ organizations, ...groups }: AudienceChoice): boolean =>
  !Object.values(groups).includes(true) && organizations.length === 0;
