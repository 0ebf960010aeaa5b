import { createHash } from 'node:crypto';
import type { Id } from '../id.ts';
import type { PersonKey } from '../people/person-key.ts';

/** The key of a card's data under which the renderer writes what a form is known by, each time that it is drawn. */
export const FORM_KEY = 'formKey';

/** A button that was pressed, as far as it tells one press from another. */
export interface Press {
  readonly person: PersonKey;
  readonly conversationId: string;
  readonly cardActivityId: string | undefined;
  readonly verb: unknown;
  readonly data: unknown;
  /** What identifies the event, for a card that is not known by anything else. */
  readonly occurrence: string;
}

/**
 * The id of what an event creates: the same parts give the same id, a UUID of version 8. Written as a primary key, it
 * makes a creation happen once, whatever the number of clicks, deliveries and processes.
 */
export function effectId(...parts: readonly unknown[]): Id {
  const hash = createHash('sha256').update(JSON.stringify(parts, keysInOrder)).digest('hex');
  const variant = '89ab'[Number.parseInt(hash[16] ?? '0', 16) % 4];
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/**
 * The id of what a press creates. The same form sent again with the same content is one press, under another activity
 * id too; with another content it is another. A card that was drawn without a key is known by its activity.
 */
export function effectOfPress({
  person: { tenantId, objectId },
  conversationId,
  cardActivityId,
  verb,
  data,
  occurrence,
}: Press): Id {
  const { [FORM_KEY]: form, ...content } = isRecord(data) ? data : {};
  const card =
    typeof form === 'string'
      ? { form }
      : { conversationId, ...(cardActivityId ? { cardActivityId } : { occurrence }) };
  return effectId(tenantId, objectId, card, String(verb), content);
}

/**
 * An object with its keys in order. `canonicalHash` is not for what anybody may send: its standard refuses half a
 * character, and the press would fail.
 */
const keysInOrder = (_key: string, value: unknown): unknown =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
