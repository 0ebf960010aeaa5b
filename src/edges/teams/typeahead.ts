import { z } from 'zod';
import type { Choice } from '../../core/routes/turns.ts';
import { cleanText } from '../../core/text/intake.ts';
import { typeset } from '../../core/text/text.ts';

/** What Teams sends while somebody types in a list of choices. */
export const TYPEAHEAD = 'application/search';

/** As many as Teams shows. */
const MOST = 15;
const LONGEST = 100;

/** What was typed so far, and in which list; longer words name nothing. */
const Typed = z.looseObject({ queryText: z.string().default(''), dataset: z.string().max(100) });

/** The answer to what somebody types: the choices that a list has for it. What is sent otherwise finds nothing. */
export async function typeaheadAnswer(
  value: unknown,
  choices: (dataset: string, text: string) => Promise<readonly Choice[]>,
): Promise<object> {
  const typed = Typed.safeParse(value).data;
  const found = typed
    ? await choices(typed.dataset, cleanText(typed.queryText.slice(0, LONGEST)).trim())
    : [];
  return {
    statusCode: 200,
    type: 'application/vnd.microsoft.search.searchResponse',
    value: {
      results: found.slice(0, MOST).map(({ title, value: sent }) => ({ title: typeset(title), value: sent })),
    },
  };
}
