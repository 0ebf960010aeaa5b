/** The address that opens a chat with somebody, by their address in Teams. */
export const personLink = (address: string): string =>
  `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(address)}`;

/**
 * The address that opens the personal chat with the assistant, with words ready to be sent. Undefined for an assistant
 * that Teams does not know: the local one.
 */
export function chatLink(botId: string | undefined, words = ''): string | undefined {
  if (botId === undefined) return undefined;
  const message = words === '' ? '' : `&message=${encodeURIComponent(words)}`;
  return `https://teams.microsoft.com/l/chat/0/0?users=28:${botId}${message}`;
}
