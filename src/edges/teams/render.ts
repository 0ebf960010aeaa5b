import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Template } from 'adaptivecards-templating';
import type { Card } from '../../core/card.ts';
import { withFacts } from '../../core/guide/index.ts';
import { newId } from '../../core/id.ts';
import { FORM_KEY } from '../../core/routing/effect.ts';
import { typeset } from '../../core/text/text.ts';
import { comeBack } from './refused-form.ts';

/** A rendered Adaptive Card, ready to be sent. */
export type AdaptiveCard = Record<string, unknown>;
export type Render = (card: Card) => AdaptiveCard;

const WORDS = new Set(['text', 'title', 'label', 'placeholder', 'altText', 'errorMessage']);

/** Loaded with the first card, not at the start: the engine brings a whole expression language. */
const engine = () =>
  createRequire(import.meta.url)('adaptivecards-templating') as typeof import('adaptivecards-templating');

/**
 * The function that draws cards from the templates below a folder. A template is expanded once, with
 * scalar data only, so that a person's words can never become an expression. The buttons of `creating` verbs carry a
 * key of this drawing.
 */
export function buildRenderer(folder: string, creating: ReadonlySet<string>): Render {
  const files = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')),
  );
  const templates = new Map<string, Template>();

  function templateOf(name: string): Template {
    const known = templates.get(name);
    if (known) return known;
    if (!files.has(`${name}.json`)) throw new Error(`no card template ${name}`);
    const { Template } = engine();
    const template = new Template(filled(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))));
    templates.set(name, template);
    return template;
  }

  return ({ template, view, summary, inert, refused }) => {
    const body = templateOf(template).expand({ $root: harmless(view) }) as AdaptiveCard;
    const form = refused ? comeBack(body, refused) : body;
    const drawn = keyed(typesetWords(form), creating);
    const told = refused ? `${refused.sentence} ${summary}` : summary;
    const aloud = typeset(String(harmless(told)));
    return {
      ...((inert ? still(drawn) : drawn) as AdaptiveCard),
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.5',
      fallbackText: aloud,
      speak: aloud,
    };
  };
}

/** The same card, in which each button that creates something carries a key. */
function keyed(value: unknown, creating: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => keyed(item, creating));
  if (value === null || typeof value !== 'object') return value;
  const node = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === 'data' ? inner : keyed(inner, creating)]),
  );
  return node.type === 'Action.Execute' && creating.has(String(node.verb))
    ? { ...node, data: { ...(node.data as object | undefined), [FORM_KEY]: newId() } }
    : node;
}

/** The same card, in which nothing can be pressed but what folds and unfolds it. */
function still(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(still);
  if (value === null || typeof value !== 'object') return value;
  const node = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, still(inner)]));
  const presses = String(node.type).startsWith('Action.') && node.type !== 'Action.ToggleVisibility';
  return presses ? { ...node, isEnabled: false } : node;
}

/** The same template, in which « {{copyDays}} » is what the guide says. */
function filled(value: unknown): unknown {
  if (typeof value === 'string') return withFacts(value);
  if (Array.isArray(value)) return value.map(filled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner)]));
}

/** The same data, in which nothing looks like an expression: an invisible joiner parts « $ » from « { ». */
function harmless(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', '$\u2060{');
  if (Array.isArray(value)) return value.map(harmless);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, harmless(inner)]));
}

/**
 * French typography for every text that is read; what is typed into inputs and sent back stays as it is.
 * A « value » is read in a fact, and sent back in a choice.
 */
function typesetWords(value: unknown, key = '', inFact = false): unknown {
  if (typeof value === 'string')
    return WORDS.has(key) || (inFact && key === 'value') ? typeset(value) : value;
  if (Array.isArray(value)) return value.map((item) => typesetWords(item, key, key === 'facts'));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'data' ? inner : typesetWords(inner, name, inFact),
    ]),
  );
}
