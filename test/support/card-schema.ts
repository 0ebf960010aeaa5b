import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, 'schemas/adaptive-card-1.5.0.json'), 'utf8'),
);
// Microsoft writes draft 6 with an `id` of draft 4; the rules themselves are the same.
const { $schema: _draft, id: _id, ...rules } = schema;
// The Teams overlay: a list of choices that one filters by typing, which the schema of 1.5 forgot.
rules.definitions.ChoiceInputStyle.anyOf.push({ const: 'filtered' });
// Elements of Teams' own, which other clients replace by what they say: it is drawn there, and read aloud.
for (const [type, own] of Object.entries({
  Icon: {
    required: ['name', 'fallback'],
    properties: { name: { type: 'string' }, size: {}, color: {}, style: {} },
  },
  'Chart.HorizontalBar': {
    required: ['title', 'data', 'fallback'],
    properties: {
      title: { type: 'string' },
      displayMode: { enum: ['AbsoluteWithAxis', 'AbsoluteNoAxis', 'PartToWhole'] },
      data: {
        type: 'array',
        items: {
          type: 'object',
          required: ['x', 'y'],
          properties: { x: { type: 'string' }, y: { type: 'number' } },
          additionalProperties: false,
        },
      },
    },
  },
})) {
  rules.definitions[type] = {
    ...own,
    type: 'object',
    properties: { type: { enum: [type] }, ...own.properties, ...commonTo(rules.definitions.TextBlock) },
    additionalProperties: false,
    allOf: [{ $ref: '#/definitions/Extendable.Element' }],
  };
  for (const list of ['Element', 'Item', 'ToggleableItem'])
    rules.definitions[`ImplementationsOf.${list}`].anyOf.push({
      required: ['type'],
      allOf: [{ $ref: `#/definitions/${type}` }],
    });
}
// Teams asks for choices while somebody types; other clients show those that are there.
rules.definitions['Input.ChoiceSet'].properties['choices.data'] = {
  type: 'object',
  required: ['type', 'dataset'],
  properties: { type: { enum: ['Data.Query'] }, dataset: { type: 'string' } },
  additionalProperties: false,
};
const validate = new Ajv({ strict: false, validateFormats: false, logger: false }).compile(rules);

/** What every element may say. */
function commonTo({ properties }: { readonly properties: object }): object {
  const common = ['fallback', 'height', 'separator', 'spacing', 'id', 'isVisible', 'requires'];
  return Object.fromEntries(Object.entries(properties).filter(([name]) => common.includes(name)));
}

const LARGEST = 80_000;

/** What Teams would refuse or show badly; an empty list for a good card. Beside the schema: what Teams wants, and the rules of the house. */
export function problemsOf(card: { readonly [key: string]: unknown }): string[] {
  const problems: string[] = [];
  if (!validate(card))
    problems.push(...(validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`));
  if (card.version !== '1.5') problems.push('version is not 1.5');
  if (!card.fallbackText || !card.speak) problems.push('no fallbackText or speak');
  const text = JSON.stringify(card);
  if (text.includes('${')) problems.push(`unexpanded expression: ${/.{0,60}\$\{.{0,40}/.exec(text)?.[0]}`);
  if (text.length > LARGEST) problems.push(`too large: ${text.length}`);
  inspect(card, problems);
  return problems;
}

function inspect(node: unknown, problems: string[]): void {
  if (Array.isArray(node)) for (const item of node) inspect(item, problems);
  else if (node !== null && typeof node === 'object') {
    const element = node as {
      type?: string;
      id?: string;
      label?: string;
      url?: string;
      altText?: string;
      verb?: string;
      text?: unknown;
    };
    if (element.type?.startsWith('Input.') && !element.label)
      problems.push(`input without label: ${element.id}`);
    if (element.type === 'Action.Submit') problems.push('Action.Submit instead of Action.Execute');
    if (element.type === 'Action.Execute' && !element.verb) problems.push('button without verb');
    if (element.type === 'Image' && !element.altText) problems.push('image without altText');
    if (element.type === 'TextBlock' && typeof element.text !== 'string')
      problems.push('text that is not a text');
    for (const inner of Object.values(node)) inspect(inner, problems);
  }
}
