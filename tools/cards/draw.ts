import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { AdaptiveCard } from '../../src/edges/teams/render.ts';
import { hostOf, styleOf, type Theme } from './host.ts';

export interface Drawn {
  readonly template: string;
  readonly summary: string;
  readonly pictures: readonly { readonly file: string; readonly title: string }[];
  /** What Microsoft's renderer has against it. */
  readonly problems: readonly string[];
}

/** A card to draw. */
export interface Sitter {
  readonly template: string;
  readonly summary: string;
  readonly json: AdaptiveCard;
}

const WIDTHS = { wide: 680, narrow: 360 } as const;
const LOOKS = [
  ['light', 'wide'],
  ['light', 'narrow'],
  ['dark', 'wide'],
  ['dark', 'narrow'],
] as const satisfies readonly (readonly [Theme, keyof typeof WIDTHS])[];
const UNFOLDS = '#card button[aria-expanded]';

const MENU = '.ac-ctrl-overlay';
/** The page is not resized for a picture: a menu would close. */
const TALLEST = 4_000;
const MARGIN = 16;

const scriptOf = (path: string) => readFileSync(path, 'utf8');
const renderer = createRequire(import.meta.url).resolve('adaptivecards-browser/dist/adaptivecards.min.js');

/** Draws each card in each look, and with each of its folded parts open; files are named below the folder. */
export async function drawAll(
  sitters: readonly Sitter[],
  browser: Browser,
  folder: string,
): Promise<Drawn[]> {
  const drawn = sitters.map(({ template, summary }) => ({
    template,
    summary,
    pictures: [] as { file: string; title: string }[],
    problems: [] as string[],
  }));
  for (const [theme, width] of LOOKS) {
    const page = await blank(browser, theme, WIDTHS[width]);
    for (const [n, { template, json }] of sitters.entries()) {
      const card = drawn[n];
      if (!card) continue;
      const problems = await draw(page, json, theme);
      const take = async (title: string) => {
        const file = `${template}-${title.replaceAll(' ', '-')}.png`;
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        await page.screenshot({ path: join(folder, file), clip: await bounds(page, WIDTHS[width]) });
        card.pictures.push({ file, title });
      };
      await take(`${theme} ${width}`);
      if (theme !== 'light' || width !== 'wide') continue;
      card.problems.push(...problems);
      await unfold(page, take);
    }
    await page.close();
  }
  return drawn;
}

/** How high each card is, in pixels, before anything is unfolded. */
export async function heightsOf(
  cards: readonly AdaptiveCard[],
  browser: Browser,
): Promise<{ readonly wide: number; readonly narrow: number }[]> {
  const measured = async (width: number): Promise<number[]> => {
    const page = await blank(browser, 'light', width);
    const heights: number[] = [];
    for (const json of cards) {
      await draw(page, json, 'light');
      heights.push((await bounds(page, width)).height);
    }
    await page.close();
    return heights;
  };
  const [wide, narrow] = [await measured(WIDTHS.wide), await measured(WIDTHS.narrow)];
  return cards.map((_, at) => ({ wide: wide[at] ?? 0, narrow: narrow[at] ?? 0 }));
}

async function blank(browser: Browser, theme: Theme, width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: TALLEST }, locale: 'fr-CA' });
  await page.setContent(
    `<!doctype html><html lang="fr"><style>${styleOf(theme)}</style><div id="card"></div></html>`,
  );
  await page.addScriptTag({ content: scriptOf(renderer) });
  await page.addScriptTag({ content: scriptOf(join(import.meta.dirname, 'page.js')) });
  return page;
}

const draw = (page: Page, json: AdaptiveCard, theme: Theme): Promise<string[]> =>
  page.evaluate(`draw(${JSON.stringify(json)}, ${JSON.stringify(hostOf(theme))})`);

/** What is drawn, with the menu that is open. */
async function bounds(page: Page, width: number) {
  const bottom = await page.evaluate<number>('bottom()');
  return { x: 0, y: 0, width, height: Math.min(TALLEST, Math.ceil(bottom) + MARGIN) };
}

/** Opens what is folded, one part after the other; of the alike parts of a list, the first. */
async function unfold(page: Page, take: (title: string) => Promise<void>): Promise<void> {
  const buttons = page.locator(UNFOLDS);
  const titles = await buttons.allTextContents();
  let count = 0;
  for (const [n, title] of titles.entries()) {
    if (titles.indexOf(title) < n) continue;
    count += 1;
    await buttons.nth(n).click();
    await take(`open ${count}`);
    const menu = page.locator(MENU);
    await ((await menu.count()) > 0 ? menu.click({ position: { x: 1, y: 1 } }) : buttons.nth(n).click());
  }
}
