import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { start } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { brokerDate, startOfDay } from '../../../src/core/time/business-days.ts';
import { buildLog } from '../../../src/edges/observability/index.ts';
import { openStorage } from '../../../src/edges/storage/index.ts';
import type { Fiche } from '../../../src/features/catalogue/index.ts';
import { CLIENT, freePort, openPlayground, type Playground, STAFF } from '../../../src/playground.ts';
import { days } from '../../support/catalogue.ts';
import { movableClock } from '../../support/clock.ts';
import { seed } from '../../support/database.ts';
import { rowsOf } from '../../support/rows.ts';
import { Client, openBrowser } from './browser.ts';

export const PICTURES = join(import.meta.dirname, '../../../artifacts/playground');
export const WIDE = { width: 1400, height: 1400 };
export const NARROW = { width: 760, height: 1400 };

export type World = Awaited<ReturnType<typeof openWorld>>;

export const picture = (of: Client, name: string) =>
  of.page.screenshot({ path: join(PICTURES, `${name}.png`) });

/** What is said, what its card then shows, and the name of its picture. */
type Shown = readonly [said: string, shows: string, file: string];

/** The ways in which a person's cards are seen: a dark theme, a narrow window. */
export const EYES = [
  ['dark', true, WIDE],
  ['narrow', false, NARROW],
] as const;

/** Pictures of some cards under other eyes, of which none shows what it cannot say. */
export const pictures = (
  of: Client,
  [name, dark, viewport]: (typeof EYES)[number],
  cards: readonly Shown[],
) =>
  of.seenIn({ dark, viewport }, async () => {
    for (const [said, shows, file] of cards) {
      await of.says(said);
      await of.sees(shows);
      await picture(of, `${file}-${name}`);
    }
    expect(await of.page.getByText('[object Object]').count()).toBe(0);
  });

async function open({ url }: Playground, within: Browser, quiet: () => Promise<void>): Promise<Client> {
  const page = await within.newPage({ viewport: WIDE, locale: 'fr-CA' });
  page.setDefaultTimeout(60_000);
  const person = new Client(page, quiet);
  await person.hearsInOrder();
  await page.goto(url);
  await page.locator('[contenteditable]').first().waitFor();
  await person.closeLog();
  return person;
}

interface Wanted {
  /** Who else of the staff is there, each in front of a client of their own. */
  readonly colleagues?: readonly (typeof STAFF)[];
  /** What the deployer sets. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The assistant on a new database, and Microsoft's client in a real browser, for a client and for a staff member. */
export async function openWorld({ colleagues = [], settings = {} }: Wanted = {}) {
  mkdirSync(PICTURES, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'courtier-e2e-'));
  await seed(folder);
  const config = readConfig({
    PORT: '0',
    DATA_DIR: folder,
    BROKER_ADMINS: STAFF.aadObjectId,
    LOG_LEVEL: process.env.E2E_LOG ?? 'warn',
    ...settings,
  });
  const log = buildLog(config.logLevel);
  // Ten in the morning of a business day, whenever the tests run: at night, messages wait for the morning.
  const clock = movableClock();
  const morning = (inDays: number) =>
    startOfDay(days.add(brokerDate(clock.now()), inDays)).add({ hours: 10 });
  clock.forward(morning(1));
  let storage = await openStorage(config, log);
  let running = await start(config, Promise.resolve(storage), log, clock);
  const { port: listening } = running;
  const endpoint = `http://127.0.0.1:${listening}/api/messages`;
  const clients = await openPlayground(CLIENT, endpoint, await freePort());
  const staffs = await openPlayground(STAFF, endpoint, await freePort());
  const others: Playground[] = [];
  for (const colleague of colleagues)
    others.push(await openPlayground(colleague, endpoint, await freePort()));
  const browser = await openBrowser();

  /** Until no job and no message is due: what arrives while somebody writes in a form empties it in this client. */
  async function quiet(): Promise<void> {
    for (;;) {
      const due = sql`
        select (select count(*)::int from pgboss.job
          where name not like '\\_\\_pgboss%' and state in ('created', 'retry', 'active') and start_after <= now())
        + (select count(*)::int from deliveries
          where state = 'sending' or (state = 'pending' and due_at <= ${clock.now().toString()}::timestamptz)) as due
      `;
      const [row] = await rowsOf(storage.db, due, z.object({ due: z.number() }));
      if (row?.due === 0) return;
      await setTimeout(50);
    }
  }

  return {
    /** Where the assistant's own pages are. */
    address: `http://127.0.0.1:${listening}`,
    client: await open(clients, browser, quiet),
    staff: await open(staffs, browser, quiet),
    colleagues: await Promise.all(others.map((each) => open(each, browser, quiet))),

    /** Somebody without an account, in a window of so many pixels. */
    async visitor({ width, scripts }: { width: number; scripts: boolean }) {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        javaScriptEnabled: scripts,
        locale: 'fr-CA',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      return page;
    },

    /** A supplier's fiches are published from the command line. */
    async publishes(fiches: readonly Fiche[]): Promise<void> {
      await running.services.catalogue.publication.publish(fiches, 'command');
    },

    /** Stops the assistant and starts it again, on the same data and port. */
    async restart(): Promise<void> {
      await running.stop();
      storage = await openStorage(config, log);
      running = await start({ ...config, port: listening }, Promise.resolve(storage), log, clock);
    },

    /** It is suddenly ten in the morning, so many business days later. */
    businessDaysLater(n: number): void {
      clock.forward(morning(n));
    },

    /** What is in force is told to the staff’s channel. */
    takesEffect: () => running.services.catalogue.announcements.announceDue(),

    /** The first of the next month: the day on which prices may change (guide 3.2). */
    nextPriceDay: () => brokerDate(clock.now()).add({ months: 1 }).with({ day: 1 }),

    /** It is suddenly ten in the morning of a day, and the fiches of that day take effect. */
    async comes(day: Temporal.PlainDate): Promise<void> {
      clock.forward(startOfDay(day).add({ hours: 10 }));
      await running.services.catalogue.announcements.announceDue();
    },

    /** What is done every few minutes for the staff’s channel is done now. */
    looksAtChannel: () => running.services.staffChannel.watch(true),

    /** What is done every hour for the cards of the day is done now: the hour itself is the machine's. */
    gathersReminders: () => running.services.gathering.gather(),

    async close(): Promise<void> {
      await browser.close();
      clients.stop();
      staffs.stop();
      for (const each of others) each.stop();
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
