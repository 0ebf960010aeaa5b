import { setTimeout } from 'node:timers/promises';
import type { Browser, Locator, Page, Request } from 'playwright-core';
import { launch } from './chromium.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (): Promise<Browser> => launch({ args: FLAGS });

/** What an audit for people with disabilities finds wrong with a page: rules, and where. */
export async function violations(page: Page): Promise<string[]> {
  const { default: axe } = await import('axe-core');
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run()')) as {
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly html: string }[];
    }[];
  };
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}

/** What can be reached in a page without a mouse. */
const REACHABLE = 'a[href], button, input:not([type=hidden]), textarea, select, summary';

/** What cannot be reached by pressing Tab, or does not show that it is: the words of each. */
export async function unreachable(page: Page): Promise<string[]> {
  // What is folded is reached once it is unfolded.
  const all = page.locator(REACHABLE).filter({ visible: true });
  await page.evaluate('document.activeElement?.blur()');
  for (let left = await all.count(); left > 0; left--) {
    await page.keyboard.press('Tab');
    await page.evaluate(`{
      const here = document.activeElement;
      if (getComputedStyle(here).outlineStyle !== 'none') here.dataset.reached = '';
    }`);
  }
  return all.and(page.locator(':not([data-reached])')).allInnerTexts();
}

/** The Playground's requests that carry what a person does. */
const SENDS = /\/_\w+\/v1\//;
const isSent = (request: Request): boolean => request.method() === 'POST' && SENDS.test(request.url());
const GESTURE_MS = 5_000;
const GESTURES = 3;
/** Where the Playground takes what a person types, and where its page hears of answers. */
const TAKES = /\/_conversation\/v1\/conversations\/[^/]+\/messages$/;
const HEARS = /\/_ws_conversation\//;
/** How much of what a page heard a failure shows. */
const FRAMES = 4;
const FRAME = 300;
const LOOK_MS = 10;

export interface Looks {
  readonly dark: boolean;
  readonly viewport: { readonly width: number; readonly height: number };
}

/** One person in front of the Playground. */
export class Client {
  readonly page: Page;
  /** What was typed, and is not yet taken. */
  private readonly underWay = new Set<Request>();
  /** What the assistant sent here lately, from when it arrives, seen or not yet. */
  readonly heard: string[] = [];
  /** Until the assistant has nothing more to send by itself. */
  private readonly quiet: () => Promise<void>;
  private last = 'nothing yet';

  constructor(page: Page, quiet: () => Promise<void>) {
    this.page = page;
    this.quiet = quiet;
    const keep = async (request: Request) => {
      this.underWay.delete(request);
      if (!isSent(request)) return;
      const response = await request.response().catch(() => null);
      this.last = `${request.postData()?.slice(0, 500)}, answered ${response?.status() ?? 'by nothing'}`;
    };
    page.on('requestfinished', keep).on('requestfailed', keep);
    page.on('request', (request) => {
      if (request.method() === 'POST' && TAKES.test(request.url())) this.underWay.add(request);
    });
  }

  /**
   * To be called before the page is opened. Lets an answer in after what it answers: the Playground's page throws away
   * an answer that overtakes the Playground's word that a post was taken, which happens on a busy machine.
   */
  async hearsInOrder(): Promise<void> {
    await this.page.routeWebSocket(HEARS, (socket) => {
      const server = socket.connectToServer();
      let before = Promise.resolve();
      server.onMessage((frame) => {
        this.heard.push(String(frame).slice(0, FRAME));
        if (this.heard.length > FRAMES) this.heard.shift();
        before = before.then(async () => {
          while (this.underWay.size > 0 && !this.page.isClosed()) await setTimeout(LOOK_MS);
          // What the page was given before is worked on before.
          await this.page.evaluate('new Promise((done) => setTimeout(done))').catch(() => {});
          socket.send(frame);
        });
      });
    });
  }

  /**
   * Does a gesture until the Playground sends it, and waits for what that is answered: the words that are looked for
   * next may be on the page since an earlier gesture. One lets fall what is done at the moment when a card arrives;
   * what was sent is not sent again.
   */
  private async sends(gesture: () => Promise<void>): Promise<void> {
    for (let left = GESTURES; left > 0; left--) {
      if (left < GESTURES) await this.quiet();
      const request = this.page.waitForRequest(isSent).catch(() => undefined);
      await gesture();
      // A gesture may be long on a busy machine: what it sends is waited for from its end.
      const sent = await Promise.race([request, setTimeout(GESTURE_MS)]);
      if (sent) return void (await sent.response().catch(() => null));
    }
    throw new Error(`the client sends nothing, ${GESTURES} times`);
  }

  /** Presses what sends: a button, a line of a list, a card. A button that unfolds a part of its card sends nothing. */
  async clicks(target: Locator): Promise<void> {
    await target.waitFor();
    const unfolds = (await target.getAttribute('aria-expanded')) !== null;
    if (!unfolds) return this.sends(() => target.click());
    // A card that is drawn again folds its parts: none is to come any more.
    await this.quiet();
    await target.click();
  }

  /** Opens a line of a list. */
  async opens(line: string, inCard: string): Promise<void> {
    await this.clicks(this.card(inCard).getByText(line).first());
  }

  async goTo(place: string): Promise<void> {
    await this.page.getByText(place, { exact: true }).first().click();
    await this.page.locator('[contenteditable]').first().waitFor();
  }

  /**
   * Types a message and sends it, with a mention of the assistant where there are others. In a chat, waits for the
   * card that answers it, lest what comes next finds an older card with the same words.
   */
  async says(text: string, { mention = false, post = false } = {}): Promise<void> {
    await this.quiet();
    await this.page.evaluate(
      `for (const card of document.querySelectorAll('.ac-adaptiveCard')) card.dataset.old = ''`,
    );
    const composer = this.page.locator('[contenteditable]').first();
    await this.sends(async () => {
      await composer.click();
      await this.page.keyboard.press('ControlOrMeta+A');
      if (mention) {
        await this.page.keyboard.type('@');
        await this.page.getByRole('menuitem', { name: 'Courtier' }).click();
      }
      // At once: the client works on each key, some hundred times a message.
      await this.page.keyboard.insertText(mention ? ` ${text}` : text);
      if (post) await this.page.getByRole('button', { name: 'Post' }).click();
      else await this.page.keyboard.press('Enter');
    });
    if (post) return;
    await this.page.locator('.ac-adaptiveCard:not([data-old])').first().waitFor();
  }

  /**
   * Does something under other eyes: a narrow window, a dark theme. The Playground has none: Chromium darkens its pages
   * as a high-contrast reader would.
   */
  async seenIn({ dark, viewport }: Looks, does: () => Promise<void>): Promise<void> {
    const usual = this.page.viewportSize();
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Emulation.setAutoDarkModeOverride', { enabled: dark });
    await this.page.setViewportSize(viewport);
    await does();
    await session.detach();
    if (usual) await this.page.setViewportSize(usual);
  }

  /** Makes room, in a narrow window; and the log draws again all that was ever sent, at each message. */
  async closeLog(): Promise<void> {
    await this.page.getByText('Log Panel').locator('xpath=..').getByRole('button').last().click();
  }

  /** The newest card that shows these words. */
  card(words: string) {
    return this.page.locator('.ac-adaptiveCard').filter({ hasText: words }).last();
  }

  async sees(words: string): Promise<void> {
    await this.page
      .getByText(words)
      .last()
      .waitFor()
      .catch(async (cause: unknown) => {
        const shown = await this.page.locator('.ac-adaptiveCard').last().textContent();
        throw new Error(
          `« ${words} » is not seen; the last card: ${shown}; the last sent: ${this.last}; the last heard: ${this.heard.join(' | ')}`,
          { cause },
        );
      });
  }

  async presses(button: string, inCard: string, { exact = false } = {}): Promise<void> {
    await this.clicks(this.card(inCard).getByRole('button', { name: button, exact }).last());
  }

  /** Presses what a card keeps in its menu, behind « … ». */
  async picks(item: string, inCard: string): Promise<void> {
    await this.clicks(this.card(inCard).getByRole('button', { name: 'More options' }).last());
    await this.clicks(this.page.getByRole('menuitem', { name: item }).last());
  }

  /** Shows or hides a part of a card, which sends nothing. */
  async unfolds(button: string, inCard: string): Promise<void> {
    await this.quiet();
    await this.card(inCard).getByRole('button', { name: button }).last().click();
  }

  /** Takes an option of a list of choices. */
  async chooses(option: string, label: string, inCard: string): Promise<void> {
    await this.card(inCard).getByRole('combobox', { name: label }).first().click();
    await this.page.getByRole('option', { name: option }).first().click();
  }

  /** Ticks options of a list where several can be chosen, and closes it. */
  async ticks(options: readonly string[], label: string, inCard: string): Promise<void> {
    await this.card(inCard).getByRole('combobox', { name: label }).first().click();
    for (const option of options)
      await this.page.getByRole('menuitemcheckbox', { name: option, exact: true }).first().click();
    await this.page.keyboard.press('Escape');
  }

  /** Drops files in the chat. */
  drops(files: Readonly<Record<string, string>>): Promise<void> {
    const attachments = Object.entries(files).map(([name, downloadUrl]) => ({
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      name,
      content: { downloadUrl, uniqueId: name, fileType: 'yaml' },
    }));
    return this.posts({ type: 'message', text: '', attachments });
  }

  /** Sends an activity that the Playground has no gesture for, through its own window, from where the person is. */
  async posts(changes: object): Promise<void> {
    await this.page.getByRole('button', { name: 'Mock an Activity' }).click();
    await this.page.getByRole('menuitem', { name: 'Custom activity' }).click();
    const dialog = this.page.getByRole('dialog');
    const editor = dialog.locator('.monaco-editor .view-lines');
    await editor.click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.keyboard.press('ControlOrMeta+C');
    const activity = JSON.parse(await this.page.evaluate('navigator.clipboard.readText()'));
    const text = JSON.stringify({ ...activity, ...changes });
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.page.keyboard.press('ControlOrMeta+V');
    await this.sends(() => dialog.getByRole('button', { name: 'Send activity' }).click());
    await dialog.waitFor({ state: 'hidden' });
  }
}
