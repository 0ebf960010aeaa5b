import { escapeMarkdown } from '../../../../core/text/text.ts';
import { BOLD, emphasize, ITALICS } from './emphasis.ts';

/** A staff member's words, in which bold, italics and lists are kept and nothing else is Markdown. */
export const limitedMarkdown = (text: string): string =>
  escapeMarkdown(text)
    .split('\n')
    .map((line) => emphasize(emphasize(line, BOLD), ITALICS).replace(/^(?:\\-|[•–-]) /, '- '))
    .join('\n')
    .replace(/^(- .*)\n\n(?=- )/gm, '$1\n');

/** What a template draws where there is no picture: its element is left out, and still has to be an address. */
const NO_PICTURE = 'https://www.quebec.ca/';

/** The address of a picture as a template takes it. */
export const pictureOf = (image: string): string => image || NO_PICTURE;

/** The same words without the signs of bold and italics: where nothing draws them, read aloud or in a notification. */
export const plainText = (text: string): string =>
  text
    .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, '$1')
    .replace(/(?<![\p{L}\p{N}])_(?=\S)([^_\n]+?)(?<=\S)_(?![\p{L}\p{N}])/gu, '$1');

/** Names in a query that carry a secret: whoever sees the picture would see it too. */
const SECRET =
  /^(?:sig|signature|s[evpr]|token|.*(?:token|secret|key|password|passwd|auth|credential|code).*)$/i;

/**
 * The address of a picture: https, on a host of the list, without a secret in it; what is wrong with it in a sentence
 * otherwise.
 */
export function pictureAddress(
  address: string,
  hosts: readonly string[],
): { readonly address: string } | { readonly wrong: string } {
  const allowed = allowedLink(address, hosts);
  if (allowed === undefined)
    return { wrong: `L’image doit être à une adresse https d’un site permis : ${hosts.join(', ')}.` };
  const { searchParams } = new URL(allowed);
  if ([...searchParams.keys()].some((name) => SECRET.test(name)))
    return {
      wrong:
        'Cette adresse contient un jeton ou une signature, que tous les destinataires pourraient lire. Placez l’image à une adresse publique.',
    };
  return { address: allowed };
}

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
