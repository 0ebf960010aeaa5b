import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import JSZip from 'jszip';
import { CourtierError } from '../../core/errors.ts';
import type { ConversationKind } from '../../core/turn.ts';

export interface PackageOptions {
  readonly botId: string | undefined;
  readonly publicUrl: string;
  readonly commands: readonly {
    readonly command: string;
    readonly minor?: true;
    readonly description: string;
    readonly role: string;
    readonly scopes: readonly ConversationKind[];
  }[];
}

interface Manifest {
  version: string;
  bots: { botId: string; commandLists: { scopes: string[]; commands: object[] }[] }[];
  validDomains: string[];
}

const SCOPES: Record<ConversationKind, string> = {
  personal: 'personal',
  group: 'groupChat',
  channel: 'team',
};

/** The commands that Teams itself proposes to clients, in a kind of conversation. */
export const proposed = <R extends Pick<PackageOptions['commands'][number], 'role' | 'minor' | 'scopes'>>(
  commands: readonly R[],
  kind: ConversationKind,
): R[] => commands.filter(({ role, minor, scopes }) => role === 'client' && !minor && scopes.includes(kind));

/**
 * The Teams app package as a zip: the manifest with the application's id, its domain, its starters and the features'
 * commands for clients, and the icons. In every place the starters come first: questions to begin with. Throws when the result breaks Microsoft's schema.
 */
export async function buildAppPackage(
  folder: string,
  { botId, publicUrl, commands }: PackageOptions,
): Promise<{ zip: Buffer; manifest: Manifest }> {
  const [source, schema, color, outline] = await Promise.all([
    readFile(join(folder, 'manifest.json'), 'utf8'),
    readFile(join(folder, 'schemas/MicrosoftTeams.schema-v1.29.json'), 'utf8'),
    readFile(join(folder, 'color.png')),
    readFile(join(folder, 'outline.png')),
  ]);
  const manifest = JSON.parse(source) as Manifest;
  const [bot] = manifest.bots;
  if (!bot) throw new CourtierError('invalid', 'Le manifeste ne déclare aucun bot.');
  if (botId) bot.botId = botId;
  const starters = bot.commandLists.flatMap(({ commands }) => commands);
  bot.commandLists = (['personal', 'group', 'channel'] as const).map((kind) => ({
    scopes: [SCOPES[kind]],
    commands: [
      ...starters,
      ...proposed(commands, kind).map(({ command, description }) => ({ title: command, description })),
    ],
  }));
  const { hostname, protocol } = new URL(publicUrl);
  manifest.validDomains = protocol === 'https:' ? [hostname] : [];

  // Microsoft writes draft 4; none of the keywords that the drafts read differently is used.
  const { $schema: _draft, id: _id, ...rules } = JSON.parse(schema);
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(rules);
  if (!validate(manifest)) {
    const [error] = validate.errors ?? [];
    throw new CourtierError(
      'invalid',
      `Le manifeste ne respecte pas le schéma de Microsoft : ${error?.instancePath} ${error?.message}.`,
    );
  }
  const zip = new JSZip();
  zip
    .file('manifest.json', JSON.stringify(manifest, null, 2))
    .file('color.png', color)
    .file('outline.png', outline);
  return { zip: await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }), manifest };
}
