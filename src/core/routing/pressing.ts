import type { z } from 'zod';
import type { Content } from '../card.ts';
import { CourtierError } from '../errors.ts';
import type { ActionRoute } from '../routes/turns.ts';
import { cleanData } from '../text/intake.ts';
import type { ActionTurn, MessageTurn } from '../turn.ts';

/** Does what a button does with what was sent. */
export async function press<S>(
  route: ActionRoute<S>,
  turn: ActionTurn,
  data: unknown,
  services: S,
): Promise<void> {
  const sent = submitted(data);
  try {
    const input = readInput(route.input, sent);
    if (!input.success) throw refusal(input.error.issues);
    await route.handle(turn, input.data, services);
  } catch (error) {
    await formBack(route, turn, sent, services, error);
    throw error;
  }
}

/** A form that is refused comes back as it was typed, where it can be drawn. */
async function formBack<S>(
  { verb, form }: ActionRoute<S>,
  turn: ActionTurn,
  sent: object,
  services: S,
  error: unknown,
): Promise<void> {
  if (!(error instanceof CourtierError) || (error.kind !== 'invalid' && error.kind !== 'refused')) return;
  const { message: sentence, field, asked } = error;
  try {
    const card = await form?.(turn, sent, services);
    if (card) turn.update({ ...card, refused: { verb, sent: { ...sent }, sentence, field, asked } });
  } catch (failure) {
    // The sentence is said all the same; the card stays as it is.
    if (!(failure instanceof CourtierError)) throw failure;
  }
}

/** Runs a button for somebody who typed its title: what its card would become is posted, or the word, when nothing was. */
export async function pressTyped<S>(
  route: ActionRoute<S>,
  data: object,
  { person, conversation, effect, reply, revise }: MessageTurn,
  services: S,
): Promise<void> {
  let card: Content | undefined;
  let word: string | undefined;
  let replied = false;
  const turn: ActionTurn = {
    person,
    conversation,
    effect,
    async reply(content) {
      replied = true;
      return reply(content);
    },
    revise,
    cardActivityId: undefined,
    update: (next) => {
      card = next;
    },
    notify: (text) => {
      word = text;
    },
  };
  await route.handle(turn, route.input.parse(data), services);
  const answer = card ?? (replied ? undefined : word);
  if (answer) await reply(answer);
}

/** What was submitted, clean: nothing, or null, is sent for a field that was left empty. */
function submitted(data: unknown): object {
  const clean = cleanData(data ?? {});
  if (typeof clean !== 'object' || clean === null || Array.isArray(clean))
    throw new CourtierError('invalid', STRANGE);
  return Object.fromEntries(Object.entries(clean).filter(([, value]) => value !== null));
}

/** Some clients send a number, a switch or a list as such where a form's text is expected. */
function readInput(input: z.ZodType, sent: object) {
  const given = new Map<PropertyKey, unknown>(Object.entries(sent));
  const first = input.safeParse(Object.fromEntries(given));
  if (first.success) return first;
  const asTexts = first.error.issues.flatMap(({ path: [key] }): [PropertyKey, string][] => {
    const value = key === undefined ? undefined : given.get(key);
    const isScalar = typeof value === 'number' || typeof value === 'boolean';
    const isList =
      Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');
    // A list is written as its parts with commas between them.
    return key !== undefined && (isScalar || isList) ? [[key, String(value)]] : [];
  });
  return asTexts.length === 0 ? first : input.safeParse(Object.fromEntries([...given, ...asTexts]));
}

/** A schema's own sentence when it has one of ours (French, ending with a period), else a general one; and its field. */
function refusal(issues: readonly z.core.$ZodIssue[]): CourtierError {
  const told = issues
    .flatMap((issue) => sentencesOf(issue).map((sentence) => ({ sentence, path: issue.path })))
    .find(({ sentence }) => sentence.endsWith('.'));
  const [field] = told?.path ?? [];
  const cause = { path: issues[0]?.path };
  return new CourtierError('invalid', told?.sentence ?? STRANGE, cause, {
    field: typeof field === 'string' ? field : undefined,
  });
}

const STRANGE = "Cette carte ne correspond plus à ce que j'attends. Redemandez-la, puis réessayez.";

/** An issue's messages; those of each branch when none of several fitted. */
const sentencesOf = (issue: z.core.$ZodIssue): string[] =>
  issue.code === 'invalid_union' && issue.errors.length > 0
    ? issue.errors.flat().flatMap(sentencesOf)
    : [issue.message];
