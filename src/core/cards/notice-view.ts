import { escapeMarkdown } from '../text/text.ts';

/** The line at the top of a card that says what was just done, in words of ours or of people's, and whether there is one. */
export const noticeView = (notice: string) => ({ notice: escapeMarkdown(notice), noticed: notice !== '' });
