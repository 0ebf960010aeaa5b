import type { Card } from '../../../../core/card.ts';
import { notice } from '../../../../core/routes/notices.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import * as schema from '../../screens/schema.ts';
import type { ReliedChange } from '../store/reliance-news.ts';
import { changeLines } from './digest-card.ts';

const MOST_SUPPLIERS = 6;
const MOST_LINES = 6;

/** The first of some lines, the rest counted. */
const first = (lines: readonly string[], rest: (n: number) => string) => {
  const left = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), ...(left > 0 ? [rest(left)] : [])].map((line) => ({
    text: `• ${escapeMarkdown(line)}`,
  }));
};

/** What the broker did to fiches on which something of its reader's rests: what was, what is, why, and what it touches. */
function reliedCard(changes: readonly ReliedChange[]): Card {
  const shown = changes.slice(0, MOST_SUPPLIERS);
  const left = changes.length - shown.length;
  const names = [...new Set(shown.map(({ change }) => change.fiche.supplier.name))];
  const heading = 'Une fiche sur laquelle vous vous appuyez a été revue';
  return {
    template: 'catalogue/relied',
    summary: `${heading} : ${names.join(', ')}.`,
    view: {
      heading,
      changes: shown.map(({ change, rests }) => {
        const { fiche, act } = change;
        return {
          label: `Voir ce qui change : ${fiche.supplier.name}`,
          name: escapeMarkdown(fiche.supplier.name),
          text: escapeMarkdown(act?.text ?? ''),
          lines: first(
            changeLines(change),
            (n) => `Et ${count(n, 'autre ligne', 'autres lignes')}, dans le détail.`,
          ),
          rests: first(rests, (n) => `Et ${count(n, 'autre', 'autres')}.`),
          supplier: fiche.supplier.id,
          version: fiche.version,
          edition: act?.edition ?? 0,
        };
      }),
      more: left > 0,
      left: `Et ${count(left, 'autre changement', 'autres changements')}, dans « catalogue ».`,
    },
  };
}

/** Those whose files and contracts rest on a fiche that the broker corrected: what, why, and what it touches of theirs. */
export const relied = notice(
  {
    kind: 'catalogue.relied',
    policy: 'surely',
    hours: 'decent',
    pausable: false,
    priority: 1,
    title: 'Une fiche sur laquelle vous vous appuyez',
  },
  schema.Wave,
  async ({ wave }, recipient, { catalogue }: Pick<CatalogueServices, 'catalogue'>) => {
    const changes = recipient.kind === 'person' ? await catalogue.reliance.changesFor(wave, recipient) : [];
    return changes.length > 0 ? reliedCard(changes) : undefined;
  },
);
