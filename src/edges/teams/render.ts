import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'adaptivecards-templating';
import type { Card } from '../../core/card.ts';
import { typeset } from '../../core/text.ts';

/** A rendered Adaptive Card, ready to be sent. */
export type AdaptiveCard = Record<string, unknown>;
export type Render = (card: Card) => AdaptiveCard;

const WORDS = new Set(['text', 'title', 'label', 'placeholder', 'altText', 'errorMessage']);

/**
 * Reads every template below a folder and returns the function that draws cards from them. A template
 * is expanded once, with scalar data only, so that a person's words can never become an expression.
 */
export function buildRenderer(folder: string): Render {
  const templates = new Map<string, Template>();
  for (const feature of readdirSync(folder, { withFileTypes: true })) {
    if (!feature.isDirectory()) continue;
    for (const file of readdirSync(join(folder, feature.name))) {
      const name = `${feature.name}/${file.replace(/\.json$/, '')}`;
      const source = JSON.parse(readFileSync(join(folder, feature.name, file), 'utf8'));
      templates.set(name, new Template(source));
    }
  }
  return ({ template, view, summary }) => {
    const found = templates.get(template);
    if (!found) throw new Error(`no card template ${template}`);
    const body = found.expand({ $root: harmless(view) }) as AdaptiveCard;
    const aloud = typeset(String(harmless(summary)));
    return {
      ...(typesetWords(body) as AdaptiveCard),
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.5',
      fallbackText: aloud,
      speak: aloud,
    };
  };
}

/** The same data, in which nothing looks like an expression: an invisible joiner parts « $ » from « { ». */
function harmless(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', '$\u2060{');
  if (Array.isArray(value)) return value.map(harmless);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, harmless(inner)]));
}

/** French typography for every text that is read; what is typed into inputs and sent back stays as it is. */
function typesetWords(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return WORDS.has(key) ? typeset(value) : value;
  if (Array.isArray(value)) return value.map((item) => typesetWords(item, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === 'data' ? inner : typesetWords(inner, name)]),
  );
}
