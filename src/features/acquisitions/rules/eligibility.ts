import { ORGANIZATION_IDS, readingGuide } from '../../../core/guide/index.ts';

/** The kinds of organization that may buy from the Catalogue (guide 2.4), and none of them. */
export const KINDS = [...ORGANIZATION_IDS, 'other'] as const;
export type Kind = (typeof KINDS)[number];

export const SAID = ['yes', 'no', 'unknown'] as const;
export type Said = (typeof SAID)[number];

/** What a body says of itself. */
export interface Body {
  readonly kind: Kind;
  /** Whether article 48 of the RCTI binds it: a question of its own, whatever the kind. */
  readonly bound?: Said | undefined;
  /** Whether the condition of its kind is met, where it has one. */
  readonly condition?: Said | undefined;
  /** The same as `bound`, as it was drawn from the kind before it was asked. */
  readonly rcti: boolean;
}

/** Whether article 48 binds a body. What was drawn from its kind alone was never its answer, unless it is bound. */
export const boundOf = ({ bound, rcti }: Pick<Body, 'bound' | 'rcti'>): Said =>
  bound ?? (rcti ? 'yes' : 'unknown');

/** How a body that may not buy goes on (guide 3.1 and 6). */
const STANDARD =
  'Un processus d’acquisition standard reste possible ; le Service à la clientèle répond aux questions sur les autres types d’acquisition (guide, sections 3.1 et 6).';

interface KindOfBody {
  readonly title: string;
  readonly condition: string;
  /** Why a body that does not meet the condition may not buy, and what it can do. */
  readonly unmet: string;
  /** Which answer tells whether the condition is met. */
  readonly asks: 'bound' | 'condition' | 'nothing';
}

type Way = Pick<KindOfBody, 'unmet' | 'asks'>;

/** What each kind is asked, and how it goes on when its answer is no. */
const WAYS: Readonly<Record<(typeof ORGANIZATION_IDS)[number], Way>> = {
  lcop4: {
    unmet: `Un ministère ou un organisme de l’article 4 peut conclure de gré à gré s’il est aussi assujetti à l’article 48 du RCTI : vous avez répondu non. Voyez si un autre genre est le vôtre. ${STANDARD}`,
    asks: 'bound',
  },
  lcop7: {
    unmet: `Sans une politique qui le permet, ce contrat ne se conclut pas de gré à gré. Adoptez d’abord la politique, puis changez votre réponse. ${STANDARD}`,
    asks: 'condition',
  },
  municipal: {
    unmet: `Sans disposition de la loi qui vous vise, ce contrat ne se conclut pas de gré à gré. ${STANDARD}`,
    asks: 'condition',
  },
  cspq8: { unmet: '', asks: 'nothing' },
};

const OTHER: KindOfBody = {
  title: 'Aucune de ces organisations',
  condition: 'La section 2.4 du guide ne vise pas votre organisation.',
  unmet: `La section 2.4 du guide ne vise pas votre organisation : elle ne peut pas conclure ces contrats de gré à gré. ${STANDARD}`,
  asks: 'nothing',
};

/** The kinds of organization and their conditions, as the guide lists them (section 2.4). */
export const KINDS_OF_BODY: Readonly<Record<Kind, KindOfBody>> = readingGuide(
  KINDS,
  ({ organizations }, kind) =>
    kind === 'other'
      ? OTHER
      : { title: organizations[kind].title, condition: organizations[kind].condition, ...WAYS[kind] },
);

/** Whether a body may buy from the Catalogue, by its own answers (guide 2.4): the body itself makes sure of it. */
export type Entitlement =
  | { readonly kind: 'entitled' }
  /** The answer is not given, or not known yet. */
  | { readonly kind: 'unsure'; readonly sentence: string }
  /** Why not, then what the guide offers in its place. */
  | { readonly kind: 'excluded'; readonly sentence: string };

export function entitlementOf(body: Body): Entitlement {
  const { condition, unmet, asks } = KINDS_OF_BODY[body.kind];
  if (body.kind === 'other') return { kind: 'excluded', sentence: unmet };
  const said = asks === 'nothing' ? 'yes' : asks === 'bound' ? boundOf(body) : (body.condition ?? 'unknown');
  if (said === 'yes') return { kind: 'entitled' };
  return said === 'no'
    ? { kind: 'excluded', sentence: unmet }
    : {
        kind: 'unsure',
        sentence: `${condition} Vérifiez-le avant de parler aux fournisseurs, puis dites-le ici.`,
      };
}

/** Why a body may not buy, by its own answers, with the way out that the guide gives; undefined when nothing says so (2.4). */
export function exclusionOf(body: Body | undefined): string | undefined {
  const found = body && entitlementOf(body);
  return found?.kind === 'excluded' ? found.sentence : undefined;
}

/** Whether article 48 binds, in words. */
export const boundText = (said: Said): string =>
  said === 'yes'
    ? 'Assujettie à l’article 48 du RCTI'
    : said === 'no'
      ? 'Non assujettie à l’article 48 du RCTI'
      : 'Article 48 du RCTI : réponse à donner';
