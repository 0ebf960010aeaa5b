import { escapeMarkdown } from '../../../../core/text.ts';
import { BOLD, emphasize, ITALICS } from './emphasis.ts';

/** A staff member's words, in which bold, italics and lists are kept and nothing else is Markdown. */
export const limitedMarkdown = (text: string): string =>
  escapeMarkdown(text)
    .split('\n')
    .map((line) => emphasize(emphasize(line, BOLD), ITALICS).replace(/^(?:\\-|[•–-]) /, '- '))
    .join('\n')
    .replace(/^(- .*)\n\n(?=- )/gm, '$1\n');

/** The address of a link: https, on a host of the list; undefined otherwise. */
export function allowedLink(address: string, hosts: readonly string[]): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' || url.username || url.port) return undefined;
  const allowed = hosts.some((host) =>
    host.startsWith('.')
      ? url.hostname.endsWith(host) || url.hostname === host.slice(1)
      : url.hostname === host,
  );
  return allowed ? url.href : undefined;
}
