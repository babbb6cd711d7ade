import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApk, buildCertificate, buildZip } from '@vedette/formats/builders';
import { freePort } from '@vedette/store/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { repositoryRoot } from './support/command-line.ts';
import { ServerProcess } from './support/server-process.ts';
import { setUp } from './support/sign-in.ts';

const CODE = 'set-up-code-of-the-inspection';
const ADMIN = {
  code: CODE,
  organisation: 'Example Organisation',
  name: 'Ada Admin',
  email: 'ada@example.test',
  password: 'correct horse battery staple',
};
const realApk = join(repositoryRoot, 'node_modules/io.appium.settings/apks/settings_apk-debug.apk');

/** An inert app that is made to look like a trojan and played with: a claim of a signature, a duplicate entry, bytes in front. */
function hostileApk(): Uint8Array {
  return buildApk({
    manifest: {
      package: 'com.example.evil',
      versionName: '6.6.6',
      targetSdk: 22,
      permissions: ['android.permission.RECEIVE_SMS', 'android.permission.SYSTEM_ALERT_WINDOW'],
      components: [{ kind: 'receiver', name: '.Catcher', exported: true }],
    },
    dex: [[{ name: 'Lcom/example/evil/Catcher;' }]],
    entries: {
      'assets/note.txt': 'the first line of the note\n',
      'assets/payload.bin': new Uint8Array([1, 2, 3, 0xff]),
    },
    signers: [{ scheme: 'v2', certificate: buildCertificate({ subject: { CN: 'Mallory' } }) }],
  });
}

/** An app of about 60 MB: real code, and ballast that does not compress. */
function largeApk(): Uint8Array {
  const ballast = new Uint8Array(57 * 1024 * 1024);
  for (let index = 0, value = 1; index < ballast.length; index++) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
    ballast[index] = value >>> 24;
  }
  return buildZip([
    { name: 'inner.apk', data: new Uint8Array(readFileSync(realApk)) },
    { name: 'assets/ballast.bin', data: ballast },
    { name: 'AndroidManifest.xml', data: new TextEncoder().encode('no manifest') },
    { name: 'classes.dex', data: new Uint8Array(100) },
  ]);
}

describe.skipIf(chromiumPath === null)('inspecting a file in the browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-inspect-'));
  // Started by root, the database runs under another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  let browser: Browser;
  let server: ServerProcess;
  let state: Awaited<ReturnType<BrowserContext['storageState']>>;

  beforeAll(async () => {
    browser = await launchChromium();
    server = new ServerProcess(await freePort(), join(folder, 'data'), CODE);
    await server.start();
    const context = await browser.newContext();
    await setUp(await context.newPage(), server.url, ADMIN);
    state = await context.storageState();
    await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The page, loaded with its reader, and every request that leaves from then on. */
  async function openPage(
    path = '/inspect',
  ): Promise<{ page: Page; requests: string[]; trouble: string[]; context: BrowserContext }> {
    const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') trouble.push(message.text());
    });
    const requests: string[] = [];
    await page.goto(server.url + path);
    if (path === '/inspect') await page.getByText('from here on no network is needed').waitFor();
    await page.waitForLoadState('networkidle');
    // Whatever is asked for from now on is written down and not let through. But the tab's icon: interception turns the browser's
    // cache off, and Chromium then asks for the icon anew at each change of the address.
    const icon = `${server.url}/favicon.svg`;
    await context.route(
      (url) => url.href !== icon,
      (route) => {
        requests.push(`${route.request().method()} ${route.request().url()}`);
        return route.abort();
      },
    );
    return { page, requests, trouble, context };
  }

  const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name });

  it.skipIf(!isThere(realApk))('shows a real app, its signature verified, and sends nothing', async () => {
    const { page, requests, trouble, context } = await openPage();
    const policy = (await page.request.get(`${server.url}/inspect`)).headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe|blob:|data:(?!;)[^;]*script/);
    await page.locator('input[type=file]').setInputFiles(realApk);
    const heading = page.getByRole('heading', { level: 2, name: /appium settings|io\.appium\.settings/i });
    await heading.waitFor();
    expect(await heading.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.getByText('io.appium.settings', { exact: true }).first().waitFor();
    await page.getByText('Signature verified', { exact: true }).first().waitFor();

    await tab(page, /^Manifest/).click();
    await page.getByRole('searchbox').fill('uses-permission');
    await page.getByText('"android.permission.INTERNET"').waitFor();
    await tab(page, /^Permissions/).click();
    await page.getByRole('cell', { name: 'android.permission.INTERNET', exact: true }).waitFor();
    await tab(page, /^Signature/).click();
    await page.getByText('Signature verified').first().waitFor();
    await page.getByText(/CN=/).first().waitFor();
    await tab(page, /^Entries/).click();
    await page.getByRole('searchbox').fill('androidmanifest');
    await page.getByRole('button', { name: 'AndroidManifest.xml' }).click();
    // The first chunk of binary XML, as the phone finds it.
    await page.getByText(/000000 {2}03 00 08 00/).waitFor();
    await tab(page, /^Strings/).click();
    await page.getByRole('searchbox').fill('android.intent.action');
    await page
      .getByRole('cell', { name: /^android\.intent\.action/ })
      .first()
      .waitFor();
    await page
      .getByRole('cell', { name: /classes\d*\.dex/ })
      .first()
      .waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(requests).toEqual([]);
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('shows what is wrong with a hostile one, by keyboard alone', async () => {
    const file = join(folder, 'hostile.apk');
    writeFileSync(file, hostileApk());
    const { page, requests, context } = await openPage();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).focus();
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(file);
    await page.getByRole('heading', { level: 2, name: 'com.example.evil' }).waitFor();
    await page
      .getByText(/Signature (does not hold|not verified)/)
      .first()
      .waitFor();
    await tab(page, /^Findings/).focus();
    for (const name of ['Manifest', 'Permissions', 'Components', 'Signature']) {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      expect(await tab(page, new RegExp(`^${name}`)).getAttribute('aria-selected'), name).toBe('true');
    }
    await page
      .getByText(/CN=Mallory/)
      .first()
      .waitFor();
    await tab(page, /^Entries/).click();
    await page.getByRole('button', { name: 'assets/note.txt' }).click();
    await page.getByText('the first line of the note').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(requests).toEqual([]);
    await context.close();
  });

  it('says why a file is no app', async () => {
    const { page, requests, context } = await openPage();
    const letter = { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear Sir or Madam') };
    await page.locator('input[type=file]').setInputFiles(letter);
    await page.getByRole('alert').getByText(/text/).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(requests).toEqual([]);
    await context.close();
  });

  it('says when its reader cannot be had', async () => {
    const context = await browser.newContext({ storageState: state });
    const page = await context.newPage();
    await context.route(/inspect-worker/, (route) => route.abort());
    await page.goto(`${server.url}/inspect`);
    await page.getByText('The reader could not be loaded').waitFor();
    await context.close();
  });

  it.skipIf(!isThere(realApk))('stays alive while 60 MB are read', async () => {
    const file = join(folder, 'large.apk');
    writeFileSync(file, largeApk());
    const { page, requests, context } = await openPage();
    await page.evaluate(() => {
      const store = window as unknown as { longTasks: number[] };
      store.longTasks = [];
      new PerformanceObserver((list) =>
        store.longTasks.push(...list.getEntries().map((entry) => entry.duration)),
      ).observe({
        entryTypes: ['longtask'],
      });
    });
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('progressbar', { name: 'Reading' }).waitFor();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await page.getByRole('tab', { name: /^Entries/ }).waitFor();
    const longest = await page.evaluate(() => Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks));
    process.stdout.write(`longest task of the page while 60 MB were read: ${Math.round(longest)} ms\n`);
    // A frozen page would be busy for as long as the reading takes, which is seconds.
    expect(longest).toBeLessThan(1000);
    expect(requests).toEqual([]);
    await context.close();
  });

  it.skipIf(!isThere(realApk))(
    'opens what is dropped on the list of apps, and sends it only when told to',
    async () => {
      const { page, context } = await openPage('/apps');
      await context.unrouteAll();
      const sent: string[] = [];
      context.on('request', (request) => {
        if (request.postDataBuffer() !== null || request.method() !== 'GET') sent.push(request.url());
      });
      const transfer = await page.evaluateHandle((base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], 'dropped.apk'));
        return data;
      }, readFileSync(realApk).toString('base64'));
      await page.getByText('Drop an app here to look into it').dispatchEvent('drop', { dataTransfer: transfer });
      await page.getByText('dropped.apk', { exact: true }).waitFor();
      expect(sent).toEqual([]);
      await page.getByRole('button', { name: 'Appraise on the server' }).click();
      await page.getByRole('link', { name: "Open the server's report" }).click();
      await page.getByRole('heading', { level: 1, name: /appium|settings/i }).waitFor();
      expect(sent.filter((url) => url.includes('/api/v1/apps?'))).toHaveLength(1);
      await context.close();
    },
  );
});

function isThere(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    process.stderr.write(`${path} is not there: the tests that read it are skipped.\n`);
    return false;
  }
}
