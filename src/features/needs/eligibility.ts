import { readingGuide } from '../../core/guide/index.ts';
import { KINDS, type Kind } from '../acquisitions/index.ts';

/** On what conditions each kind of organization may buy from the catalogue (guide 2.4). */
export const ELIGIBILITY: Readonly<
  Record<Kind, { readonly title: string; readonly condition: string; readonly rcti: boolean }>
> = readingGuide(KINDS, ({ organizations }, kind) => organizations[kind]);
