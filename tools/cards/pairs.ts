import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from '../../src/core/root.ts';
import { openBrowser } from '../../test/e2e/support/browser.ts';

// Cards before and after, side by side: `node tools/cards/pairs.ts GALLERY_BEFORE GALLERY_AFTER OUT TEMPLATE…`. Each
// gallery is what `npm run cards` left, at one commit and at the other.

const LOOK = 'light-wide';
/** Pixels of a card's width, and of the height at which one is cut. */
const WIDTH = 400;
const TALLEST = 900;

const [before = '', after = '', out = '', ...templates] = process.argv.slice(2);
if (templates.length === 0) {
  process.stderr.write('node tools/cards/pairs.ts GALLERY_BEFORE GALLERY_AFTER OUT TEMPLATE…\n');
  process.exit(1);
}

const drawn = (gallery: string, template: string) => {
  const file = join(resolve(ROOT, gallery), `${template}-${LOOK}.png`);
  return existsSync(file)
    ? `<img src="data:image/png;base64,${readFileSync(file).toString('base64')}">`
    : '<p>n’existait pas</p>';
};

const STYLE = `
body { margin: 0; background: #e8e8e8; font: 13px system-ui, sans-serif; display: inline-flex; gap: 12px; padding: 8px; }
figure { margin: 0; width: ${WIDTH}px; } figcaption { padding: 2px 0 6px; font-weight: 600; }
div { max-height: ${TALLEST}px; overflow: hidden; } img { width: 100%; display: block; }`;

const browser = await openBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 2 * WIDTH + 28, height: 400 } });
  mkdirSync(out, { recursive: true });
  for (const template of templates) {
    await page.setContent(
      `<style>${STYLE}</style><figure><figcaption>Avant</figcaption><div>${drawn(before, template)}</div></figure>
       <figure><figcaption>Maintenant</figcaption><div>${drawn(after, template)}</div></figure>`,
    );
    await page.locator('body').screenshot({ path: join(out, `${template.replace('/', '-')}.png`) });
  }
} finally {
  await browser.close();
}
