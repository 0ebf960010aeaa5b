import { describe, expect, test } from '@jest/globals';
import {
  CAMPAIGN_STATES,
  EVALUATION_STATES,
} from '../../../src/features/evaluations/campaigns/rules/states.ts';
import {
  STANDINGS,
  type StandingFacts,
  standingOn,
} from '../../../src/features/evaluations/rules/standing.ts';

// Where an evaluation stands, and the only sentence that says so.

const TODAY = '2026-12-10';
const FACTS: StandingFacts = {
  state: 'open',
  apartBy: null,
  excludedWhy: null,
  campaign: 'open',
  opensOn: '2026-12-01',
  closesOn: '2027-01-10',
  submittedOn: undefined,
  signedOn: null,
  filled: 'none',
  changed: false,
};
const SUBMITTED = { state: 'submitted', submittedOn: '2026-12-05' } as const;
const APART = { state: 'excluded', excludedWhy: 'Contrat en litige' } as const;
const PAST = { opensOn: '2026-11-01', closesOn: '2026-12-01' } as const;

describe('an evaluation', () => {
  test.each<[string, Partial<StandingFacts>, string, boolean]>([
    ['todo', {}, 'À remplir. Repère : 10 janvier 2027.', true],
    ['started', { filled: 'some' }, 'Commencée. Repère : 10 janvier 2027.', true],
    ['ready', { filled: 'all' }, 'À soumettre. Repère : 10 janvier 2027.', true],
    ['todo', PAST, 'À remplir. Repère passé : 1er décembre 2026 ; la réponse est encore reçue.', true],
    [
      'ready',
      { ...PAST, filled: 'all' },
      'À soumettre. Repère passé : 1er décembre 2026 ; la réponse est encore reçue.',
      true,
    ],
    ['coming', { opensOn: '2026-12-11' }, 'À venir : elle s’ouvre le 11 décembre 2026.', false],
    ['coming', { campaign: 'planned' }, 'À venir : elle s’ouvre le 1er décembre 2026.', false],
    [
      'paused',
      { campaign: 'paused', filled: 'all' },
      'En pause : le Courtier a suspendu la campagne. Les réponses sont gardées.',
      false,
    ],
    ['unanswered', { campaign: 'closed' }, 'Fermée sans réponse.', false],
    ['submitted', SUBMITTED, 'Soumise le 5 décembre 2026. Elle peut changer jusqu’au 10 janvier 2027.', true],
    [
      'submitted',
      { ...SUBMITTED, changed: true },
      'Soumise le 5 décembre 2026. Le brouillon fait depuis ne compte pas : il peut être soumis jusqu’au 10 janvier 2027.',
      true,
    ],
    [
      'submittedPaused',
      { ...SUBMITTED, campaign: 'paused' },
      'Soumise le 5 décembre 2026. La campagne est en pause : elle ne change pas pour le moment.',
      false,
    ],
    [
      'submittedPaused',
      { ...SUBMITTED, campaign: 'planned' },
      'Soumise le 5 décembre 2026. La campagne n’est pas ouverte : elle ne change pas pour le moment.',
      false,
    ],
    ['final', { ...SUBMITTED, ...PAST }, 'Soumise le 5 décembre 2026. Elle ne change plus.', false],
    [
      'final',
      { ...SUBMITTED, campaign: 'closed' },
      'Soumise le 5 décembre 2026. Elle ne change plus.',
      false,
    ],
    [
      'final',
      { ...SUBMITTED, ...PAST, changed: true },
      'Soumise le 5 décembre 2026. Elle ne change plus : le brouillon fait depuis n’a pas été soumis.',
      false,
    ],
    [
      'signed',
      { ...SUBMITTED, signedOn: '2026-12-08', changed: true },
      'Signée par le dirigeant le 8 décembre 2026. Elle ne change plus.',
      false,
    ],
    ['apart', { ...APART, apartBy: 'broker' }, 'Mise de côté par le Courtier : Contrat en litige', false],
    ['apart', APART, 'Non demandée : Contrat en litige', false],
    ['notRequired', { ...APART, apartBy: 'body' }, 'Pas requise : Contrat en litige', false],
  ])('that is %s with %j says « %s »', (kind, facts, sentence, writable) => {
    expect(standingOn({ ...FACTS, ...facts }, TODAY)).toEqual({ kind, sentence, writable });
  });
});

/** Every combination of what a standing depends on. */
function* everything(): Generator<StandingFacts> {
  const times = [{}, PAST, { opensOn: '2026-12-20', closesOn: '2027-01-20' }];
  for (const state of EVALUATION_STATES)
    for (const apartBy of [null, 'broker', 'body'] as const)
      for (const campaign of CAMPAIGN_STATES)
        for (const time of times)
          for (const signedOn of [null, '2026-12-08'])
            for (const filled of ['none', 'some', 'all'] as const)
              for (const changed of [false, true])
                yield {
                  ...FACTS,
                  ...time,
                  ...(state === 'submitted' ? SUBMITTED : {}),
                  ...(state === 'excluded' ? APART : {}),
                  state,
                  apartBy,
                  campaign,
                  signedOn,
                  filled,
                  changed,
                };
}

describe('over every combination', () => {
  const all = [...everything()].map((facts) => ({ facts, standing: standingOn(facts, TODAY) }));

  test('each standing is met', () => {
    expect(new Set(all.map(({ standing }) => standing.kind))).toEqual(new Set(STANDINGS));
  });

  test('a sentence never says both that answers may change and that they may not', () => {
    const shut =
      /ne change plus|ne change pas|Fermée|En pause|en pause|À venir|Mise de côté|Non demandée|Pas requise/;
    const open = /Repère|peut changer|peut être soumis/;
    expect(
      all.filter(
        ({ standing: { sentence, writable } }) =>
          shut.test(sentence) === writable || open.test(sentence) !== writable,
      ),
    ).toEqual([]);
  });

  test('nothing is answered outside of an open campaign, before its day, nor once it is signed or set apart', () => {
    expect(
      all.filter(
        ({ facts, standing }) =>
          standing.writable &&
          (facts.campaign !== 'open' ||
            (facts.state === 'open' && facts.opensOn > TODAY) ||
            facts.state === 'excluded' ||
            (facts.state === 'submitted' && facts.signedOn !== null)),
      ),
    ).toEqual([]);
  });
});
