/** What was looked at: all is well, or what is the matter and what mends it. */
export interface Finding {
  readonly check:
    | 'configuration'
    | 'base'
    | 'schéma'
    | 'droits'
    | 'horloge'
    | 'adresses'
    | 'secret'
    | 'paquet';
  readonly ok: boolean;
  readonly sentence: string;
  readonly remedy?: string;
}

type Check = Finding['check'];

export const well = (check: Check, sentence: string): Finding => ({ check, ok: true, sentence });

export const amiss = (check: Check, sentence: string, remedy: string): Finding => ({
  check,
  ok: false,
  sentence,
  remedy,
});
