import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppList, Appraisal } from '@vedette/contracts';
import { buildApk, type ManifestSpec } from '@vedette/formats/builders';
import { freePort } from '@vedette/store/testing';
import type { Browser, BrowserContext, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { ServerProcess } from './support/server-process.ts';
import { setUp } from './support/sign-in.ts';

const CODE = 'set-up-code-of-the-app-page';
const ADMIN = {
  code: CODE,
  organisation: 'Example Organisation',
  name: 'Ada Admin',
  email: 'ada@example.test',
  password: 'correct horse battery staple',
};
const SCREENSHOTS = process.env['SCREENSHOTS'];

/** Two builds of one app: the later one reads messages and talks to more hosts. */
function build(versionCode: number, more: Partial<ManifestSpec>, urls: readonly string[]): Uint8Array {
  const code = urls.map((url) => ({ op: 'const-string', string: url, registers: [0] }));
  return buildApk({
    manifest: {
      package: 'com.example.shop',
      versionCode,
      versionName: `${versionCode}.0`,
      minSdk: 24,
      targetSdk: 34,
      application: { 'android:label': 'Shop', 'android:debuggable': true },
      components: [{ kind: 'activity', name: 'com.example.shop.Main', exported: true }],
      ...more,
    },
    dex: [
      [
        {
          name: 'com.example.shop.Main',
          methods: [{ name: 'start', descriptor: '()V', code: [...code, { units: [0x0e] }] }],
        },
      ],
    ],
  });
}
const BUILDS = {
  'shop-1.apk': build(1, {}, ['https://api.shop.example.net/v1', 'https://cdn.shop.example.net/']),
  'shop-2.apk': build(2, { permissions: ['android.permission.READ_SMS'] }, [
    'https://api.shop.example.net/v2',
    'http://collect.partner.co.uk/in',
    'https://stats.partner.co.uk/',
    'http://198.51.100.7/x',
  ]),
};

describe.skipIf(chromiumPath === null)('the page of an app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-app-page-'));
  // Started by root, the database runs under another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  let browser: Browser;
  let server: ServerProcess;
  let context: BrowserContext;
  let page: Page;
  const trouble: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    server = new ServerProcess(await freePort(), join(folder, 'data'), CODE);
    await server.start();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('pageerror', (error) => trouble.push(error.message));
    await setUp(page, server.url, ADMIN);
    await page.goto(`${server.url}/apps`);
    for (const [name, bytes] of Object.entries(BUILDS)) writeFileSync(join(folder, name), bytes);
    await page.locator('input[type=file]').setInputFiles(Object.keys(BUILDS).map((name) => join(folder, name)));
    // The list only counts what is new, so the answer of the server is asked for.
    for (let seen = 0; seen < 2; await page.waitForTimeout(500))
      seen = AppList.parse(await (await page.request.get(`${server.url}/api/v1/apps`)).json()).total;
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const openLater = async (): Promise<void> => {
    const { items } = AppList.parse(await (await page.request.get(`${server.url}/api/v1/apps`)).json());
    await page.goto(`${server.url}/apps/${items.find(({ versionCode }) => versionCode === 2)?.sha256 ?? 'missing'}`);
    await page.getByRole('heading', { level: 1, name: 'Shop' }).waitFor();
  };
  const tab = (name: string): Promise<void> => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  const shoot = async (name: string): Promise<void> => {
    if (SCREENSHOTS !== undefined) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  };

  it('shows hosts by who registered them, as a picture and as a table', async () => {
    await openLater();
    await tab('Hosts');
    await page.getByText('4 hosts of 3 owners, 2 in cleartext.').waitFor();
    await shoot('app-hosts');
    await page.getByRole('button', { name: /Table of Hosts by owner/ }).click();
    expect(await page.getByRole('region', { name: 'Table: Hosts by owner' }).innerText()).toMatch(
      /partner\.co\.uk\s+collect\.partner\.co\.uk\s+cleartext/,
    );
    expect(await axeViolations(page)).toEqual([]);
  });

  it('shows what changed since the build before, and which builds were seen', async () => {
    await openLater();
    await tab('Changes');
    await page.getByText('android.permission.READ_SMS').waitFor();
    await page.getByText('collect.partner.co.uk').first().waitFor();
    await shoot('app-changes');
    expect(await axeViolations(page)).toEqual([]);
    await tab('History');
    await page.getByText('Signer not proven').waitFor();
    await shoot('app-history');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: /Shop 1\.0/ }).click();
    await page.getByText('1.0 (1)').first().waitFor();
  });

  it('lets an administrator suppress a finding with a reason, and count it again', async () => {
    await openLater();
    const card = page.getByRole('article').filter({ hasText: 'debug' }).first();
    await card.getByRole('button', { name: /^Suppress…/ }).click();
    await page.getByRole('button', { name: 'Suppress it' }).click();
    await page.getByText('must say why').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Reason').fill('A build for our own testers');
    await shoot('app-suppress');
    await page.getByRole('button', { name: 'Suppress it' }).click();
    await page.getByText(/^1 finding suppressed\. With everything: malice \d+, data risk \d+/).waitFor();
    await page.getByRole('button', { name: 'Show 1 suppressed' }).click();
    await page.getByText(/^Does not count until .*: A build for our own testers \(.+\)$/).waitFor();
    await shoot('app-suppressed');
    await page.getByRole('button', { name: /^Count it again/ }).click();
    await page.getByText('finding suppressed').waitFor({ state: 'detached' });
    await card.getByRole('button', { name: /^Suppress…/ }).waitFor();
  });

  it('gives the report in every format, made in the page', async () => {
    await openLater();
    const requests: string[] = [];
    const texts: Record<string, string> = {};
    for (const item of [
      'Report to read',
      'For a pull request',
      'Whole appraisal',
      'Code scanning',
      'Threat intelligence',
      'Bill of materials',
    ]) {
      page.on('request', (request) => {
        if (!request.url().startsWith('blob:') && request.resourceType() === 'fetch') requests.push(request.url());
      });
      await page.getByRole('button', { name: 'Download report' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: new RegExp(item) }).click(),
      ]);
      texts[item] = await textOf(download);
    }
    expect(requests).toEqual([]);
    expect(texts['Report to read']).toMatch(/^<!doctype html>/i);
    expect(texts['For a pull request']).toContain('com.example.shop');
    expect(Appraisal.parse(JSON.parse(texts['Whole appraisal'] ?? '')).app.package).toBe('com.example.shop');
    expect(JSON.parse(texts['Code scanning'] ?? '')).toMatchObject({ version: '2.1.0' });
    expect(JSON.parse(texts['Threat intelligence'] ?? '')).toMatchObject({ type: 'bundle' });
    expect(JSON.parse(texts['Bill of materials'] ?? '')).toMatchObject({ bomFormat: 'CycloneDX' });
  });

  it('causes no error in the page', () => {
    expect(trouble).toEqual([]);
  });
});

async function textOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8');
}
