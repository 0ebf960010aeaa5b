import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { stringify } from 'yaml';
import { CARDS_FOLDER, HOLIDAYS_FILE } from '../src/app.ts';
import { systemClock } from '../src/core/clock.ts';
import { brokerDate, buildBusinessDays } from '../src/core/time/business-days.ts';
import { readHolidays } from '../src/edges/calendar/index.ts';
import { openEmbedded } from '../src/edges/storage/embedded.ts';
import type { Storage } from '../src/edges/storage/index.ts';
import { buildRenderer } from '../src/edges/teams/index.ts';
import { offersCard } from '../src/features/catalogue/browsing/screens/cards.ts';
import { buildCatalogue } from '../src/features/catalogue/browsing/store.ts';
import {
  buildPublication,
  buildView,
  CATALOGUE_FOLDER,
  checkFiles,
  differenceOf,
  EMPTY_CONTEXT,
  type Fiche,
  readFiches,
} from '../src/features/catalogue/index.ts';
import { median, row, timed } from './figures.ts';

const SUPPLIERS = 200;
const OFFERS = 10;
const VERSIONS = 24;

const days = buildBusinessDays(readHolidays(HOLIDAYS_FILE));

/** The versions of one supplier: each month, one offer's prices change. */
function versionsOf(supplier: number, models: Fiche['offers'], model: Fiche): Fiche[] {
  const id = `fournisseur-${supplier}`;
  const offers = Array.from({ length: OFFERS }, (_, n) => {
    const offer = models[(supplier * OFFERS + n) % models.length] as Fiche['offers'][number];
    return { ...offer, id: `${id}-offre-${n}`, name: `Offre ${supplier}.${n}`, status: 'qualified' as const };
  });
  return Array.from({ length: VERSIONS }, (_, month) => {
    const first = Temporal.PlainDate.from('2024-12-01').add({ months: month });
    const changed = offers[month % OFFERS];
    const tiers = changed?.tiers.map((tier) => ({ ...tier, unitPricePerMonth: `${month + 3}.25` }));
    if (changed && tiers) offers[month % OFFERS] = { ...changed, tiers };
    return {
      ...model,
      supplier: { ...model.supplier, id, name: `Fournisseur ${supplier}` },
      version: days.priceDate(first).toString(),
      offers: [...offers],
    };
  });
}

/** The versions of so many suppliers, the newest `last` of each. */
export function historyOf(suppliers: number, last: number): Fiche[] {
  const samples = readFiches(CATALOGUE_FOLDER, days);
  const models = samples.flatMap(({ offers }) => offers);
  const [model] = samples;
  if (!model) throw new Error('no sample');
  return Array.from({ length: suppliers }, (_, n) => versionsOf(n, models, model).slice(-last)).flat();
}

async function inNewDatabase<T>(work: (storage: Storage) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'courtier-bench-'));
  const storage = await openEmbedded(directory);
  try {
    await storage.migrate();
    return await work(storage);
  } finally {
    await storage.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The import of a large catalogue, a card of it, and the difference of two fiches, each beside its floor. */
export async function benchCatalogue(): Promise<void> {
  const samples = readFiches(CATALOGUE_FOLDER, days);
  const model = samples[0] as Fiche;
  const models = samples.flatMap(({ offers }) => offers);
  const fiches = Array.from({ length: SUPPLIERS }, (_, n) => versionsOf(n, models, model)).flat();
  const encoder = new TextEncoder();
  const files = fiches.map((fiche) => ({
    name: `${fiche.supplier.id}_${fiche.version}.yaml`,
    bytes: encoder.encode(stringify(fiche, { aliasDuplicateObjects: false })),
  }));
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
  console.log(
    `\nCatalogue, ${SUPPLIERS} suppliers × ${OFFERS} offers × ${VERSIONS} versions, ${megabytes.toFixed(0)} MB of YAML`,
  );

  const floor = await inNewDatabase(async ({ db }) => {
    const start = performance.now();
    await db.execute(sql`create table plain (id text primary key, content jsonb not null)`);
    for (let at = 0; at < fiches.length; at += 100) {
      const values = fiches
        .slice(at, at + 100)
        .map((fiche) => sql`(${`${fiche.supplier.id}_${fiche.version}`}, ${JSON.stringify(fiche)}::jsonb)`);
      await db.execute(sql`insert into plain values ${sql.join(values, sql`, `)}`);
    }
    return performance.now() - start;
  });

  await inNewDatabase(async ({ db }) => {
    const start = performance.now();
    const checked = checkFiles(files, EMPTY_CONTEXT, days);
    const valid = checked.flatMap(({ result }) => (result.kind === 'valid' ? [result.fiche] : []));
    const read = performance.now() - start;
    const outcomes = await buildPublication(db, systemClock, days).publish(valid, 'command');
    const all = performance.now() - start;
    const published = outcomes.filter(({ kind }) => kind === 'published').length;
    row('', 'Courtier', 'plain insert', 'ratio');
    row(`import of ${published} fiches (s)`, all / 1_000, floor / 1_000, all / floor);
    row('  of which reading and checking (s)', read / 1_000, '', '');

    const catalogue = buildCatalogue(db, systemClock, () => false);
    const render = buildRenderer(CARDS_FOLDER, new Set());
    const today = brokerDate(systemClock.now());
    const priceDays = { today, next: days.nextPriceDate(today) };
    const criteria = { category: 'courriel', hosting: 'QC', sort: 'price' } as const;
    const begin = performance.now();
    await catalogue.current();
    const first = performance.now() - begin;
    const cards: number[] = [];
    for (let n = 0; n < 60; n++) {
      const from = performance.now();
      render(offersCard(await catalogue.current(), criteria, 1 + (n % 20), priceDays));
      cards.push(performance.now() - from);
    }
    const anew: number[] = [];
    for (let n = 0; n < 5; n++) {
      const from = performance.now();
      const rows = fiches.filter(({ version }) => version === fiches.at(-1)?.version);
      render(
        offersCard(
          buildView(
            rows.map((content) => ({ content, origin: 'command' })),
            () => false,
          ),
          criteria,
          1,
          priceDays,
        ),
      );
      anew.push(performance.now() - from);
    }
    row('', 'Courtier', 'index anew', 'ratio');
    row('browse card, median (ms)', median(cards), median(anew), median(cards) / median(anew));
    row('  first one after a publication (ms)', first, '', '');
  });

  const [before, after] = [fiches[0] as Fiche, fiches[VERSIONS - 1] as Fiche];
  const differences: number[] = [];
  const texts: number[] = [];
  for (let n = 0; n < 200; n++) {
    differences.push(timed(() => differenceOf(before, after))[1]);
    texts.push(timed(() => JSON.stringify(before) === JSON.stringify(after))[1]);
  }
  row('', 'Courtier', 'JSON equality', 'ratio');
  row(
    'difference of two fiches (ms)',
    median(differences),
    median(texts),
    median(differences) / median(texts),
  );
}
