import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, type LaunchOptions, chromium as playwright } from 'playwright-core';
import { z } from 'zod';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
];

/**
 * Chromium's headless shell, which comes as an npm package: the same everywhere, and half of the work of a whole
 * browser. Where it cannot start (it is made for Linux on x64), the browser of the system.
 */
export async function launch(options: LaunchOptions): Promise<Browser> {
  const named = process.env.CHROME_PATH;
  if (named) return playwright.launch({ ...options, executablePath: named });
  try {
    return await playwright.launch({ ...options, executablePath: await unpacked() });
  } catch (cause) {
    const installed = INSTALLED.find((path) => existsSync(path));
    if (!installed) throw new Error('no browser starts: CHROME_PATH names one', { cause });
    return playwright.launch({ ...options, executablePath: installed });
  }
}

const run = promisify(execFile);
const PACKAGE = '@sparticuz/chromium';

/** The package unpacks into the temporary folder: here apart, then in its place whole, however many do it at once. */
async function unpacked(): Promise<string> {
  const place = join(tmpdir(), `courtier-chromium-${version()}`);
  if (!existsSync(place)) {
    const apart = mkdtempSync(`${place}-`);
    const unpacks = `const { default: packed } = await import('${PACKAGE}'); await packed.executablePath();`;
    await run(process.execPath, ['--input-type=module', '--eval', unpacks], {
      cwd: import.meta.dirname,
      env: { ...process.env, TMPDIR: apart },
    });
    try {
      renameSync(apart, place);
    } catch {
      rmSync(apart, { recursive: true }); // another was quicker
    }
  }
  return join(place, 'chromium');
}

const version = (): string =>
  z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.resolve(PACKAGE)), 'utf8')))
    .version;
