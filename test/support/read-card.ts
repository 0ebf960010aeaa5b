export type Json = { readonly [key: string]: unknown };

export interface Button {
  readonly title: string;
  readonly verb: string | undefined;
  readonly data: Json;
  readonly url: string | undefined;
  /** It says that no input of the card goes with it. */
  readonly alone: boolean;
}

/** What is on a drawn card: its words, its facts, its buttons that can be pressed and its inputs, as they come. */
export function readCard(json: Json) {
  const words: string[] = [];
  const facts: string[] = [];
  const buttons: Button[] = [];
  const inputs: Json[] = [];
  walkCard(json, (node) => {
    for (const key of ['text', 'label']) if (typeof node[key] === 'string') words.push(node[key]);
    if (Array.isArray(node.facts)) for (const { title, value } of node.facts) facts.push(`${title} ${value}`);
    if (typeof node.type === 'string' && node.type.startsWith('Input.')) inputs.push(node);
    if ((node.type === 'Action.Execute' || node.type === 'Action.OpenUrl') && node.isEnabled !== false) {
      buttons.push({
        title: String(node.title ?? ''),
        verb: node.verb as string | undefined,
        data: (node.data ?? {}) as Json,
        url: node.url as string | undefined,
        alone: node.associatedInputs === 'none',
      });
    }
  });
  return { words, facts, buttons, inputs };
}

/** Visits what is drawn, and not the data that buttons send. */
export function walkCard(node: unknown, visit: (node: Json) => void): void {
  if (Array.isArray(node)) for (const item of node) walkCard(item, visit);
  else if (node !== null && typeof node === 'object') {
    visit(node as Json);
    for (const [key, inner] of Object.entries(node)) if (key !== 'data') walkCard(inner, visit);
  }
}
