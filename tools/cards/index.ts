import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CARDS_FOLDER } from '../../src/app/paths.ts';
import { ROOT } from '../../src/core/root.ts';
import { creatingVerbs } from '../../src/core/routes/turns.ts';
import { buildRenderer } from '../../src/edges/teams/render.ts';
import { features } from '../../src/features/registry.ts';
import { openBrowser } from '../../test/e2e/support/browser.ts';
import { fixtureOf, hasFixture } from '../../test/support/fixtures.ts';
import { drawAll } from './draw.ts';
import { galleryOf } from './gallery.ts';

// The gallery of cards: `npm run cards -- [template or feature…]`.

const OUT = join(ROOT, 'artifacts/cards');

const say = (line: string) => process.stdout.write(`${line}\n`);
const wanted = process.argv.slice(2);
const known = features.flatMap(({ templates }) => templates);
const chosen = known.filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
const templates = chosen.filter(hasFixture);
if (templates.length === 0) {
  process.stderr.write(`No template begins with ${wanted.join(' or ')}.\n`);
  process.exit(1);
}

const render = buildRenderer(CARDS_FOLDER, creatingVerbs(features));
const sitters = templates.map((template) => {
  const card = fixtureOf(template);
  return { template, summary: card.summary, json: render(card) };
});
const browser = await openBrowser();
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
try {
  const drawn = await drawAll(sitters, browser, OUT);
  writeFileSync(join(OUT, 'index.html'), galleryOf(drawn));
  for (const { template, problems } of drawn)
    for (const problem of problems) process.stderr.write(`${template}: ${problem}\n`);
  say(`${drawn.length} cards: ${join(OUT, 'index.html')}`);
} finally {
  await browser.close();
}
