import type { Activity } from 'botbuilder';
import { decodeHTMLStrict } from 'entities';
import { cleanLine } from '../../core/text/intake.ts';
import { fold } from '../../core/text/text.ts';
import { isRecord, recordsOf } from './shape.ts';

const LONGEST = 64_000;
/** A tag of a mention, of a quoted reply or of an attachment's place. It ends before the next « < », so that a text is read once. */
const TAG = /<(\/?)(at|quoted|attachment|blockquote)\b([^<>]*)>/gi;
/** A mention whose signs were written as references, once or twice. */
const ESCAPED_MENTION = /&(?:amp;)?lt;(\/?)at&(?:amp;)?gt;/gi;
const REAL_MENTION = /<at\b/i;
const SPAN = /<span\b([^<>]*)>([^<>]*)<\/span>/gi;
/** In the HTML of Teams' own messages. */
const SPAN_MENTION = /schema\.skype\.com\/Mention/i;
const ANY_TAG = /<[^<>]*>/g;
const BLOCK_TAG = /<\/?(?:br|p|div|li|ul|ol|blockquote)\b[^<>]*>/gi;
/** What a client writes around words; « a < b » is nobody's tag. */
const INLINE_TAG = /<\/?(?:span|b|strong|em|i|u|s|a|emoji|img|code|pre)(?:\s[^<>]*)?\/?>/gi;
/** A reply as older clients quote it; another quotation is what its author writes. */
const QUOTED_REPLY = /schema\.skype\.com\/Reply/i;
type Heard = Pick<Activity, 'text' | 'textFormat' | 'entities' | 'recipient'>;
type Mention = Readonly<Record<string, unknown>>;

/** A name as mentions write it, in the form in which names are compared. */
const nameOf = (markup: unknown): string =>
  typeof markup === 'string'
    ? fold(cleanLine(decodeHTMLStrict(markup.slice(0, 1_000).replace(ANY_TAG, ''))))
    : '';

/** Bot ids come with and without the channel's « 28: ». */
const bareId = (id: unknown): string => (typeof id === 'string' ? id.toLowerCase().replace(/^28:/, '') : '');

function isOfAssistant({ mentioned }: Mention, { recipient }: Heard): boolean {
  if (!isRecord(mentioned)) return false;
  const application = isRecord(mentioned.application) ? mentioned.application.id : undefined;
  return [mentioned.id, application].some((id) => bareId(id) !== '' && bareId(id) === bareId(recipient.id));
}

const mentionsOf = (heard: Heard): Mention[] =>
  recordsOf(heard.entities).filter(({ type }) => String(type).toLowerCase() === 'mention');

const namesOf = (mention: Mention): string[] =>
  [mention.text, isRecord(mention.mentioned) ? mention.mentioned.name : undefined]
    .map(nameOf)
    .filter(Boolean);

interface Markup {
  /** Its first and its last place in the text, the last excluded. */
  readonly from: number;
  readonly to: number;
  /** What a mention names; empty for anything else. */
  readonly name: string;
}

const ownMentionsOf = (heard: Heard): Mention[] =>
  mentionsOf(heard).filter((mention) => isOfAssistant(mention, heard));

/**
 * A message's text with each of its mentions between the same tags. One whose signs are references is one where an entity
 * tells it and no other mention is written; elsewhere somebody typed it by hand.
 */
function taggedText(heard: Heard): string {
  const text = (heard.text ?? '').slice(0, LONGEST);
  const isTold = ownMentionsOf(heard).length > 0 && !REAL_MENTION.test(text);
  return (isTold ? text.replace(ESCAPED_MENTION, '<$1at>') : text).replace(
    SPAN,
    (span, attributes: string, name: string) => (SPAN_MENTION.test(attributes) ? `<at>${name}</at>` : span),
  );
}

/** The mentions, quoted replies and places of attachments in a text, in its order, closed or not. */
function markupOf(text: string): Markup[] {
  const marks = [...text.matchAll(TAG)].filter(
    ([, slash, kind, attributes]) =>
      kind?.toLowerCase() !== 'blockquote' || slash === '/' || QUOTED_REPLY.test(attributes ?? ''),
  );
  const tags = marks.map((tag) => ({
    from: tag.index,
    to: tag.index + tag[0].length,
    kind: tag[2]?.toLowerCase(),
    closing: tag[1] === '/',
    opening: tag[1] === '' && !tag[3]?.trimEnd().endsWith('/'),
  }));
  const found: Markup[] = [];
  for (let at = 0; at < tags.length; at++) {
    const tag = tags[at];
    if (!tag) continue;
    let end = at;
    if (tag.opening) {
      // What is quoted may hold mentions of its own.
      let next = at + 1;
      if (tag.kind !== 'at') while (next < tags.length && tags[next]?.kind !== tag.kind) next++;
      if (tags[next]?.closing && tags[next]?.kind === tag.kind) end = next;
    }
    const last = tags[end] ?? tag;
    const name = tag.kind === 'at' && end > at ? text.slice(tag.to, last.from).replace(ANY_TAG, '') : '';
    found.push({ from: tag.from, to: last.to, name });
    at = end;
  }
  return found;
}

/** Tells the assistant's mentions from other people's, in a text, its marks and its entities. */
function reader(heard: Heard, text: string, marks: readonly Markup[]) {
  const mentions = mentionsOf(heard);
  const own = ownMentionsOf(heard);
  const name = heard.recipient.name || 'Courtier';
  const ownNames = new Set([...own.flatMap(namesOf), nameOf(name)]);
  const others = new Set(mentions.filter((mention) => !isOfAssistant(mention, heard)).flatMap(namesOf));
  /** How the assistant is called without the marks of a mention: by an entity's words, or by its name. */
  const calls = [
    ...own.flatMap(({ text }) => (typeof text === 'string' && !text.includes('<') ? [text.trim()] : [])),
    `@${name}`,
    `${name},`,
    `${name} :`,
  ].filter(Boolean);
  const named = marks.map((mark) => ({ mark, said: nameOf(mark.name) })).filter(({ said }) => said !== '');
  const isNamed = named.some(({ said }) => ownNames.has(said));
  // A renamed assistant is mentioned by a name that no entity gives, as many times as entities tell.
  const words = plainWords(text, heard);
  const untold = isNamed || uncalled(words, calls) !== words ? 0 : own.length;
  const unknown = named.filter(({ said }) => !others.has(said)).slice(0, untold);
  const ownMarks = new Set(
    [...named.filter(({ said }) => ownNames.has(said)), ...unknown].map(({ mark }) => mark),
  );
  return {
    isMentioned: own.length > 0 || ownMarks.size > 0,
    calls,
    isOwn: (mark: Markup): boolean => ownMarks.has(mark),
  };
}

/** Whether the assistant is mentioned: by an entity, or by its name between the tags of a mention. */
export function isMentioned(heard: Heard): boolean {
  const text = taggedText(heard);
  return reader(heard, text, markupOf(text)).isMentioned;
}

/**
 * A message's text as its author wrote it: without the marks of quoted replies and without the mentions of the
 * assistant, other people's names plain, HTML references decoded once.
 */
export function writtenText(heard: Heard): string {
  const text = taggedText(heard);
  const marks = markupOf(text);
  const { isOwn, calls } = reader(heard, text, marks);
  let written = '';
  let at = 0;
  for (const mark of marks) {
    written += text.slice(at, mark.from);
    at = mark.to;
    if (!isOwn(mark)) written += mark.name;
    // What calls the assistant is often set off: « @Courtier, … ».
    else if (written.trim() === '') at += /^[\s,:;]*/.exec(text.slice(at, at + 20))?.[0].length ?? 0;
  }
  return uncalled(plainWords(written + text.slice(at), heard), calls);
}

/** A text without the marks of HTML and the lines quoted at its head, HTML references decoded once. */
function plainWords(marked: string, { textFormat }: Heard): string {
  const blocks = marked.replace(BLOCK_TAG, '\n');
  const words = textFormat === 'xml' ? blocks.replace(ANY_TAG, '') : blocks.replace(INLINE_TAG, '');
  return unquoted(decodeHTMLStrict(words));
}

/** Without the lines quoted at its head, where an empty line parts them from words of its author. */
function unquoted(text: string): string {
  const lines = text.split('\n');
  const own = lines.findIndex((line) => !line.trimStart().startsWith('>'));
  if (own < 1 || lines[own]?.trim() !== '') return text;
  const rest = lines.slice(own).join('\n').trimStart();
  return rest === '' || rest.startsWith('>') ? text : rest;
}

/** Without what calls the assistant at its head: « @Courtier … », « Courtier, … ». */
function uncalled(text: string, calls: readonly string[]): string {
  const said = text.trimStart();
  for (const call of calls) {
    const rest = said.slice(call.length);
    if (said.slice(0, call.length).toLowerCase() === call.toLowerCase() && /^(?:[\s,:;]|$)/.test(rest))
      return rest.replace(/^[\s,:;]+/, '');
  }
  return text;
}
