import { guide, ORGANIZATION_IDS } from '../../../core/guide/index.ts';
import { uncapital } from '../../../core/text/text.ts';
import type { Body } from '../../people/index.ts';
import type { AnyEntry } from './rules.ts';

/**
 * What an answer means for the body for which a person acts, once a member has said its kind: whether a rule of the RCTI
 * concerns it, or on what condition it may buy (guide 2.4).
 */
export function standingOf({ depends }: Pick<AnyEntry, 'depends'>, body: Body): string | undefined {
  if (depends === 'rcti' && body.rcti !== null) {
    const { acronym } = guide().laws.rcti;
    return body.rcti
      ? `Pour votre organisation : elle est assujettie au ${acronym}, et cette règle la vise.`
      : `Pour votre organisation : elle n'est pas assujettie au ${acronym}, et cette règle ne la vise pas.`;
  }
  const kind = ORGANIZATION_IDS.find((each) => each === body.kind);
  if (depends !== 'kind' || !kind) return undefined;
  const { title, condition } = guide().organizations[kind];
  return `Pour votre organisation (${uncapital(title)}) : ${uncapital(condition)}`;
}
