import { createHash } from 'node:crypto';
import { isSame } from '../../../../core/people/chosen-person.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { AudienceChoice } from '../../rules/audience.ts';

/** The words of a notice, which a correction changes. */
export interface Words {
  readonly title: string;
  readonly text: string;
  readonly link: string;
  readonly linkTitle: string;
  readonly image: string;
  readonly imageAlt: string;
}

/** All that is approved together: the words, for whom, and when. */
export interface Approvable extends Words {
  readonly urgent: boolean;
  readonly acknowledge: boolean;
  readonly categories: readonly string[];
  readonly suppliers: readonly string[];
  readonly audience: AudienceChoice;
  readonly scheduledAt: Date | null;
}

export const wordsOf = ({ title, text, link, linkTitle, image, imageAlt }: Words): Words => ({
  title,
  text,
  link,
  linkTitle,
  image,
  imageAlt,
});

/** What names a text, its audience and its hour: SHA-256 in hexadecimal. The order of what is chosen among several says nothing. */
export function fingerprintOf(notice: Approvable): string {
  const { title, text, link, linkTitle, urgent, acknowledge, audience, scheduledAt } = notice;
  const { subscribers, channels, acquisitions, contracts, installed, staffChannel, lists = [] } = audience;
  const parts = [
    [title, text, link, linkTitle, urgent, acknowledge],
    notice.categories.toSorted(),
    notice.suppliers.toSorted(),
    [subscribers, channels, acquisitions, contracts],
    audience.organizations.toSorted(),
    scheduledAt?.getTime() ?? null,
    // Said where there is some: what was cleared before there could be any is cleared still.
    ...(notice.image === '' ? [] : [['image', notice.image, notice.imageAlt]]),
    ...(installed || staffChannel ? [['groups', installed === true, staffChannel === true]] : []),
    ...(lists.length === 0 ? [] : [['lists', ...lists.toSorted()]]),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The acts of the trail by which somebody writes a part of a notice: its words, its audience, its hour. */
export const WRITING = [
  'broadcast.create',
  'broadcast.edit',
  'broadcast.correct',
  'broadcast.propose',
] as const;

/** The act by which somebody writes a part of a correction, and those with which one ends. */
export const CORRECTING = ['broadcast.propose'] as const;
export const CORRECTED = ['broadcast.accept', 'broadcast.drop'] as const;

/** Whether somebody may approve what these people wrote. */
export const mayApprove = (writers: readonly PersonKey[], person: PersonKey): boolean =>
  !writers.some((writer) => isSame(writer, person));

/**
 * Whether what is about to leave is what was cleared to leave. What left with the release before, which cleared nothing
 * by name, is taken as it is.
 */
export const isCleared = (notice: Approvable & { readonly cleared: string | null }): boolean =>
  notice.cleared === null || notice.cleared === fingerprintOf(notice);
