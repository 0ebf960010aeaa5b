import { fold } from '../../../core/text/text.ts';
import type { Words } from '../approving/rules/approval.ts';
import type { AudienceChoice } from '../rules/audience.ts';

/** What a template keeps of a notice: all that is written, and for whom; neither its hour nor its lists of people. */
export interface TemplateContent extends Words {
  readonly urgent: boolean;
  readonly acknowledge: boolean;
  readonly categories: readonly string[];
  readonly suppliers: readonly string[];
  readonly audience: AudienceChoice;
}

/** What a template keeps of a notice: a list of people is of the day when it was given. */
export function contentOfTemplate(notice: TemplateContent): TemplateContent {
  const { title, text, link, linkTitle, image, imageAlt, urgent, acknowledge, categories, suppliers } =
    notice;
  const { lists: _lists, ...audience } = notice.audience;
  return {
    ...{ title, text, link, linkTitle, image, imageAlt },
    ...{ urgent, acknowledge, categories, suppliers, audience },
  };
}

/** One template however its name is typed. */
export const templateKey = (name: string): string => fold(name);
