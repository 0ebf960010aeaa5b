import { count } from '../../../../core/text/text.ts';
import type { Organizations } from '../../../people/index.ts';

/** Of the names that mean no body, how many are said at once. */
const MOST_UNKNOWN = 10;

/** The bodies that these lines name, and what is said of the lines that name none. */
export async function bodiesOf(
  lines: string,
  { organizations }: { readonly organizations: Pick<Organizations, 'bodyNamed' | 'near'> },
) {
  const ids: string[] = [];
  const unknown: string[] = [];
  for (const name of new Set(lines.split('\n').flatMap((line) => line.trim() || []))) {
    const body = await organizations.bodyNamed(name);
    if (body) ids.push(body.id);
    else {
      const near = (await organizations.near(name)).map((each) => `« ${each.name} »`);
      unknown.push(`« ${name} »${near.length > 0 ? `, peut-être ${near.join(' ou ')}` : ''}`);
    }
  }
  return { ids, unknown };
}

/** The names that nobody has, some of them where they are many. */
export function unknownText(unknown: readonly string[]): string {
  const others = unknown.length - MOST_UNKNOWN;
  const rest = others > 0 ? ` ; et ${count(others, 'autre nom', 'autres noms')}` : '';
  return `Aucune organisation connue ne porte ce nom : ${unknown.slice(0, MOST_UNKNOWN).join(' ; ')}${rest}.`;
}
