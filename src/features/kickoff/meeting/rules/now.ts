import type { Party } from '../../steps/rules.ts';
import type { State } from './states.ts';

/** What tells what is to be done of a meeting now. */
export interface NowFacts {
  readonly state: State;
  /** The client has something to settle of their choice before anything else. */
  readonly warned: boolean;
  /** Who answered the moments that are proposed. */
  readonly answered: { readonly client: boolean; readonly supplier: boolean };
  /** Where the hour of the meeting is: `near` is a quarter of an hour before. */
  readonly hour: 'ahead' | 'near' | 'begun' | 'over';
  readonly joinable: boolean;
  /** For whom the current step waits. */
  readonly waiting: readonly Party[];
  /** The current step is the last: the copy of the contract. */
  readonly last: boolean;
  /** The contract is noted. */
  readonly contracted: boolean;
}

export type ClientNow =
  | 'settle'
  | 'answer'
  | 'choose'
  | 'agenda'
  | 'join'
  | 'tell'
  | 'confirm'
  | 'sign'
  | 'contract'
  | 'file'
  | 'wait';

/** What the client does now: the one blue button of their card, none while they wait. */
export function clientNow(facts: NowFacts): ClientNow {
  if (facts.warned) return 'settle';
  switch (facts.state) {
    case 'requested':
      return 'wait';
    case 'asked':
      return 'answer';
    case 'proposed':
      return facts.answered.client ? 'wait' : 'choose';
    case 'booked':
      if (facts.hour === 'ahead') return 'agenda';
      if (facts.hour !== 'over' && facts.joinable) return 'join';
      return facts.hour === 'near' ? 'agenda' : 'tell';
    case 'held':
      if (!facts.waiting.includes('client')) return 'wait';
      return facts.last && !facts.contracted ? 'sign' : 'confirm';
    case 'signed':
      return facts.contracted ? 'contract' : 'file';
    case 'cancelled':
      return 'file';
  }
}

export type StaffNow = 'propose' | 'link' | 'tell' | 'confirm' | 'wait';

/** What the staff do now: the one blue button of their card, none while they wait. */
export function staffNow(facts: NowFacts): StaffNow {
  switch (facts.state) {
    case 'requested':
      return facts.warned ? 'wait' : 'propose';
    case 'proposed':
      return facts.answered.supplier ? 'wait' : 'link';
    case 'booked':
      return facts.hour === 'begun' || facts.hour === 'over' ? 'tell' : 'wait';
    case 'held':
      return facts.waiting.includes('broker')
        ? 'confirm'
        : facts.waiting.includes('supplier')
          ? 'link'
          : 'wait';
    case 'asked':
    case 'signed':
    case 'cancelled':
      return 'wait';
  }
}

/** Whom the staff wait for, and how that comes about, in a sentence; empty where there is nothing more to do. */
export function staffAwaits(facts: NowFacts): string {
  switch (facts.state) {
    case 'requested':
      return facts.warned ? 'On attend le client : il a d’abord quelque chose à régler.' : '';
    case 'asked':
      return 'On attend le client : il répond à votre question.';
    case 'proposed':
      return facts.answered.supplier
        ? 'On attend le client : le fournisseur a répondu.'
        : `On attend le fournisseur${facts.answered.client ? '' : ' et le client'}. Le fournisseur répond par son lien : transmettez-le-lui.`;
    case 'booked':
      return facts.hour === 'ahead' || facts.hour === 'near' ? 'Rien à faire d’ici la rencontre.' : '';
    case 'held':
      if (facts.waiting.includes('broker')) return '';
      return facts.waiting.includes('supplier')
        ? 'On attend le fournisseur : il confirme son étape par son lien.'
        : 'On attend le client : l’étape est la sienne.';
    case 'signed':
    case 'cancelled':
      return '';
  }
}
