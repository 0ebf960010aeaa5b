import type { PersonKey } from '../people/person-key.ts';
import type { Conversations, Roster } from '../ports/conversations.ts';
import { within } from '../process/within.ts';

/** Teams is waited for so long. */
const PATIENCE_MS = 2_500;

/** The address of somebody in Teams, asked of it now and to be kept nowhere; undefined where it does not say. */
export async function addressOf(
  person: PersonKey,
  { conversations, roster }: { readonly conversations: Conversations; readonly roster: Roster },
): Promise<string | undefined> {
  const chat = await conversations.personal(person);
  if (!chat) return undefined;
  const page = await within(PATIENCE_MS, () => roster.page(chat.id)).catch(() => undefined);
  return page?.people.find(({ objectId }) => objectId === person.objectId)?.address;
}
