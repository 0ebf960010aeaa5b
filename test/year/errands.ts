import { FORM_KEY } from '../../src/core/routing/effect.ts';
import type { Button } from '../support/read-card.ts';
import type { Shown } from './chats.ts';

/** What somebody presses when it is offered. */
export interface Want {
  readonly verb: string;
  /** Of the buttons of that verb, those with such a title. */
  readonly title?: RegExp;
  /** Only on such a card. */
  readonly on?: RegExp;
  /** Only where the card says that it comes next. */
  readonly blue?: true;
  /** At most so often in a session; once unless it says more. */
  readonly most?: number;
  /** Not once this was pressed. */
  readonly before?: string;
}

/** What somebody comes for: what they say, and what they press, the first that is offered. */
export interface Errand {
  readonly says: string;
  readonly wants: readonly Want[];
}

const want = (verb: string, rest: Omit<Want, 'verb'> = {}): Want => ({ verb, ...rest });

/** From the needs to the signature, wherever the file is. */
const FORWARD: readonly Want[] = [
  want('kickoff.sign'),
  want('kickoff.confirm', { most: 4 }),
  want('kickoff.tookPlace', { title: /^Oui/ }),
  want('kickoff.choose', { most: 2 }),
  want('kickoff.slots'),
  want('kickoff.request', { most: 2 }),
  want('scenarios.authorize', { most: 2 }),
  want('scenarios.choose', { most: 3 }),
  want('needs.answer', { title: /suivante$/, most: 20 }),
  want('needs.setEligibility', { title: /suivante$/, most: 3 }),
  want('kickoff.open', { blue: true, most: 2 }),
  want('needs.eligibility', { blue: true }),
  want('needs.question', { blue: true, most: 2 }),
  want('scenarios.confirmShortlist', { most: 2 }),
  want('scenarios.shortlist', { blue: true, most: 2 }),
  want('scenarios.compare', { blue: true, most: 3 }),
  want('needs.continue', { blue: true, most: 3 }),
  want('needs.open', { blue: true, most: 2 }),
  want('scenarios.scenario', { most: 2 }),
];

const OPEN = want('contracts.open', { on: /^contracts\/list/ });

/** What clients come for. */
export const CLIENT = {
  /** A project begins. */
  begin: {
    says: 'mon dossier',
    wants: [
      want('acquisitions.create'),
      want('acquisitions.list', { title: /^Tous les dossiers$/, before: 'acquisitions.create' }),
      ...FORWARD,
    ],
  },
  /** A project goes on. */
  goOn: {
    says: 'mon dossier',
    wants: [
      ...FORWARD,
      want('acquisitions.open', { on: /^acquisitions\/(?:list|choose)/ }),
      // The first project of all.
      want('acquisitions.create', { on: /^acquisitions\/list/ }),
    ],
  },
  /** What was announced is answered: the meeting, its moments, its steps. */
  meeting: { says: 'rencontre', wants: [...FORWARD, want('kickoff.open', { on: /^acquisitions\/choose/ })] },
  invoices: {
    says: 'contrats',
    wants: [want('contracts.addInvoice', { most: 3 }), want('contracts.invoices'), OPEN],
  },
  duties: {
    says: 'contrats',
    wants: [
      want('contracts.sayEntry', { most: 2 }),
      want('contracts.done', { most: 2 }),
      want('contracts.duty', { most: 2 }),
      OPEN,
    ],
  },
  amend: {
    says: 'contrats',
    wants: [
      want('contracts.signAmendment'),
      want('contracts.validateAmendment'),
      want('contracts.askAmendment'),
      want('contracts.amend', { most: 2 }),
      want('contracts.newAmendment'),
      want('contracts.amendments'),
      OPEN,
    ],
  },
  terminate: { says: 'contrats', wants: [want('contracts.terminate'), want('contracts.termination'), OPEN] },
  note: { says: 'contrats', wants: [want('contracts.create', { most: 2 }), want('contracts.new')] },
  trial: {
    says: 'mon dossier',
    wants: [
      want('scenarios.planTrial', { most: 3 }),
      want('scenarios.trials'),
      want('scenarios.shortlist', { title: /^Ouvrir|Continuer/ }),
      want('acquisitions.open', { on: /^acquisitions\/(?:list|choose)/ }),
    ],
  },
  evaluate: {
    says: 'évaluations',
    wants: [
      want('evaluations.submit'),
      want('evaluations.confirm'),
      want('evaluations.signed'),
      want('evaluations.answer', { title: /^(?:Continuer|Transmettre)/, most: 8 }),
      want('evaluations.open', { most: 2 }),
    ],
  },
  comment: { says: 'commenter', wants: [want('contracts.comment')] },
  belong: { says: 'mon organisation', wants: [want('people.declare', { most: 3 })] },
  leave: { says: 'mes données', wants: [want('people.eraseData'), want('people.askErase')] },
} satisfies Readonly<Record<string, Errand>>;

/** What the broker's people come for. */
export const STAFF = {
  members: {
    says: 'adhésions',
    wants: [want('people.decide', { title: /^(?:Confirmer|Oui, associer)/, most: 8 })],
  },
  meetings: {
    says: 'rencontres',
    wants: [
      want('kickoff.staffTookPlace', { title: /^Oui/, most: 4 }),
      want('kickoff.confirmBroker', { most: 6 }),
      want('kickoff.propose', { title: /^Proposer des/, most: 4 }),
      want('kickoff.supplierLink', { most: 4 }),
      want('kickoff.look', { on: /^kickoff\/list/, most: 3 }),
      want('kickoff.list', { on: /^kickoff\/staff/, most: 2 }),
    ],
  },
  queue: {
    says: 'à traiter',
    wants: [
      want('knowledge.answer', { most: 2 }),
      want('contracts.answerComment', { most: 2 }),
      want('broadcasts.approve'),
      want('office.open', { most: 3 }),
      want('office.take', { most: 2 }),
      want('office.item', { most: 3 }),
    ],
  },
  absence: { says: 'absence', wants: [want('office.absence')] },
  campaign: {
    says: 'campagnes',
    wants: [want('evaluations.start'), want('evaluations.prepare', { most: 2 })],
  },
  broadcast: {
    says: 'diffuser',
    wants: [
      want('broadcasts.submit'),
      want('broadcasts.schedule'),
      want('broadcasts.choose', { most: 2 }),
      want('broadcasts.aim'),
      want('broadcasts.save', { most: 2 }),
      want('broadcasts.compose'),
    ],
  },
} satisfies Readonly<Record<string, Errand>>;

export type ErrandName = keyof typeof CLIENT | keyof typeof STAFF;

export const errandNamed = (name: ErrandName): Errand => ({ ...CLIENT, ...STAFF })[name];

/** Whether a button is drawn as what comes next. */
export function isBlue(node: unknown, title: string): boolean {
  if (Array.isArray(node)) return node.some((each) => isBlue(each, title));
  if (typeof node !== 'object' || node === null) return false;
  if ('style' in node && node.style === 'positive' && 'title' in node && node.title === title) return true;
  return Object.values(node).some((each) => isBlue(each, title));
}

/** The buttons of a card that somebody on an errand would press: all those of the first of their wants that is there. */
export function wanted(
  { wants }: Errand,
  { template, buttons, json }: Shown,
  pressed: ReadonlyMap<string, number>,
): readonly Button[] {
  for (const { verb, title, on, blue, most = 1, before } of wants) {
    if ((pressed.get(verb) ?? 0) >= most || (before && pressed.has(before))) continue;
    if (on && !on.test(template)) continue;
    const found = buttons.filter(
      (button) =>
        button.verb === verb &&
        (!title || title.test(button.title)) &&
        (!blue || isBlue(json, button.title)) &&
        (pressed.get(`${verb} ${JSON.stringify(stable(button.data))}`) ?? 0) < 2,
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** What a button says that it is about, without what each drawing changes. */
export const stable = (data: Button['data']) =>
  Object.fromEntries(Object.entries(data).filter(([key]) => key !== 'revision' && key !== FORM_KEY));
