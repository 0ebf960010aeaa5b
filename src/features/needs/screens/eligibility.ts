import type { Card } from '../../../core/card.ts';
import { noticeView } from '../../../core/cards/notice-view.ts';
import { markOf } from '../../../core/cards/showed.ts';
import {
  boundOf,
  boundText,
  exclusionOf,
  KINDS,
  KINDS_OF_BODY,
  type Said,
} from '../../acquisitions/index.ts';
import type { Body } from '../../people/index.ts';
import { eligibilityText } from '../rules/eligibility.ts';
import type { FileNeeds } from '../store/file-needs.ts';

/** Whether the RCTI applies, as the broker's staff confirmed it of the body. */
const confirmedBound = (body: Body | undefined): Said | '' =>
  body?.confirmed && body.rcti !== null ? (body.rcti ? 'yes' : 'no') : '';

/** What the broker's staff confirmed of the body, in words. */
function confirmedText(body: Body | undefined): string {
  const kind = KINDS.find((each) => each === body?.kind);
  const bound = confirmedBound(body);
  return [kind && KINDS_OF_BODY[kind].title, bound && boundText(bound)].filter(Boolean).join(' · ');
}

export function eligibilityCard({ file, eligibility }: FileNeeds, body: Body | undefined, notice = ''): Card {
  const exclusion = exclusionOf(eligibility);
  const condition = eligibility ? KINDS_OF_BODY[eligibility.kind].condition : '';
  return {
    template: 'needs/eligibility',
    summary: 'Votre organisation peut-elle acheter au Catalogue ?',
    view: {
      file: file.id,
      showed: markOf(eligibility),
      seen: body?.kind ?? '',
      ...noticeView(notice),
      kind: eligibility?.kind ?? body?.kind ?? '',
      kinds: KINDS.map((id) => ({ value: id, title: KINDS_OF_BODY[id].title })),
      // The kind does not answer it.
      bound: eligibility?.bound ?? confirmedBound(body),
      confirmed: body?.confirmed === true,
      confirmedText: confirmedText(body),
      met: eligibility?.condition ?? '',
      open: file.state === 'open',
      archived: file.state !== 'open',
      said: eligibility ? eligibilityText(eligibility) : 'Sans réponse.',
      answered: eligibility !== undefined,
      unentitled: exclusion !== undefined,
      entitlement: exclusion ?? '',
      conditioned: exclusion === undefined,
      conditionText: condition,
      rcti: eligibility ? RCTI[boundOf(eligibility)] : '',
    },
  };
}

const RCTI: Record<Said, string> = {
  yes: 'L’article 48 du RCTI s’applique : choisir une autre offre que la moins chère demande l’autorisation du dirigeant.',
  no: 'L’article 48 du RCTI ne s’applique pas, d’après cette réponse.',
  unknown:
    'Il reste à dire si l’article 48 du RCTI s’applique : choisir une autre offre que la moins chère en dépend.',
};
