import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildAdbAnswers,
  buildAndroidqf,
  buildBugReport,
  describePhone,
  type PhoneUsage,
  ROOTED_WITH_MAGISK,
  sideloadedApp,
} from '@vedette/forensics/fixtures';
import { buildZip } from '@vedette/formats/builders';
import { freePort } from '@vedette/store/testing';
import { startAdbDevice } from '@vedette/testkit';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { ServerProcess } from './support/server-process.ts';
import { setUp, signIn } from './support/sign-in.ts';
import { bridgeUsb } from './support/usb-bridge.ts';

/**
 * Every page of the console in both themes and at two widths: it comes up, nothing is reported on the console, axe finds nothing, nothing runs out of the page.
 * By itself it sets up a server of its own (empty). With CONSOLE_URL, CONSOLE_EMAIL and CONSOLE_PASSWORD it walks a running one, the demo for example.
 */
const given = {
  url: process.env['CONSOLE_URL'],
  email: process.env['CONSOLE_EMAIL'] ?? '',
  password: process.env['CONSOLE_PASSWORD'] ?? '',
};
/** Where to put pictures of the pages; none are made unless told. */
const SCREENSHOTS = process.env['SCREENSHOTS'];
const CODE = 'set-up-code-of-the-pages';
const ADMIN = {
  code: CODE,
  organisation: 'Example Organisation',
  name: 'Ada Admin',
  email: 'ada@example.test',
  password: 'correct horse battery staple',
};

const PAGES: readonly (readonly [path: string, heading: string])[] = [
  ['/', 'Overview'],
  ['/devices', 'Devices'],
  ['/threats', 'Threats'],
  ['/apps', 'Apps'],
  ['/networks', 'Networks'],
  ['/attestation', 'Attestation'],
  ['/policies', 'Policies'],
  ['/policies?tab=edit', 'Policies'],
  ['/policies?tab=versions', 'Policies'],
  ['/response', 'Response'],
  ['/response?state=all', 'Response'],
  ['/response?tab=connectors', 'Response'],
  ['/check', 'Check a phone'],
  ['/inspect', 'Inspect a file'],
  ['/settings', 'Settings'],
  ['/settings?tab=attestation', 'Settings'],
  ['/settings?tab=organisation', 'Settings'],
  ['/settings?tab=audit', 'Settings'],
  ['/settings?tab=appearance', 'Settings'],
  ['/enrol#t=0123456789abcdef0123', 'Enrol a device'],
  ['/nowhere', 'There is no such page'],
];
const VIEWS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
] as const;

/** An app that sends a little in the background, and much from a day on, as the network's history of a phone has it until 20 November. */
function sendingSince(day: string): PhoneUsage {
  const end = Date.parse('2026-11-20T10:00:00Z') / 1000;
  const traffic = Array.from({ length: 12 * 25 }, (_, index) => {
    const start = end - (index + 1) * 7200;
    const bytes = 50_000 + (index % 7) * 10_000 + (start * 1000 >= Date.parse(day) ? 40_000_000 : 0);
    return { package: 'com.example.spy', start, bytes, backgroundBytes: bytes };
  });
  const charge = { chargedAt: Date.parse('2026-11-19T20:00:00Z'), hours: 14, unpluggedHours: 12, capacityMah: 4500 };
  return { ...charge, sinceCharge: [], traffic };
}

/** What a page asks for from now on, but for its own scripts (the reader's thread comes late), which carry no body. */
function requestsOf(context: BrowserContext, url: string): readonly string[] {
  const requests: string[] = [];
  context.on('request', (request) => {
    const code = request.method() === 'GET' && request.url().startsWith(`${url}/assets/`);
    if (!code || request.postDataBuffer() !== null) requests.push(`${request.method()} ${request.url()}`);
  });
  return requests;
}

/** Waits until nothing is loading any more. */
async function settled(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
}

describe.skipIf(chromiumPath === null)('the pages of the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-pages-'));
  // Started by root, the database runs under another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  let browser: Browser;
  let server: ServerProcess | null = null;
  let url = '';
  let state: Awaited<ReturnType<BrowserContext['storageState']>>;

  beforeAll(async () => {
    browser = await launchChromium();
    const context = await browser.newContext();
    const page = await context.newPage();
    if (given.url === undefined) {
      server = new ServerProcess(await freePort(), join(folder, 'data'), CODE);
      await server.start();
      url = server.url;
      await setUp(page, url, ADMIN);
    } else {
      url = given.url;
      await signIn(page, url, given);
    }
    state = await context.storageState();
    await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(
    view: (typeof VIEWS)[number],
  ): Promise<{ page: Page; trouble: string[]; context: BrowserContext }> {
    const context = await browser.newContext({
      storageState: state,
      viewport: { width: view.width, height: 900 },
      colorScheme: view.colorScheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') trouble.push(`${page.url()}: ${message.text()}`);
    });
    return { page, trouble, context };
  }

  it.each(VIEWS)('are whole and accessible in $colorScheme at $width px', async (view) => {
    const { page, trouble, context } = await open(view);
    const found: string[] = [];
    for (const [path, heading] of PAGES) {
      await page.goto(url + path);
      await settled(page, heading);
      found.push(...(await axeViolations(page)).map((line) => `${path}: ${line}`));
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) found.push(`${path}: runs ${overflow} px out of the page`);
    }
    await context.close();
    expect(found).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it('goes everywhere by keyboard', async () => {
    const { page, context } = await open(VIEWS[0]);
    await page.goto(url);
    await settled(page, 'Overview');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await settled(page, 'Policies');
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Search' }).fill('Networks');
    await page.keyboard.press('Enter');
    await settled(page, 'Networks');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await context.close();
  });

  it('keeps the theme that was chosen, and the address as the state of a list', async () => {
    const { page, context } = await open(VIEWS[0]);
    await page.goto(`${url}/settings?tab=appearance`);
    await page.getByRole('radio', { name: /^Dark/ }).check();
    await page.reload();
    await settled(page, 'Settings');
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await page.goto(`${url}/devices`);
    await settled(page, 'Devices');
    await page.getByLabel('Platform').selectOption('ios');
    await page.waitForURL(/platform=ios/);
    await page.reload();
    await settled(page, 'Devices');
    expect(await page.getByLabel('Platform').inputValue()).toBe('ios');
    await context.close();
  });

  it('names the line of a mistake in a policy and does not let it be tried', async () => {
    const { page, context } = await open(VIEWS[0]);
    await page.goto(`${url}/policies?tab=edit`);
    await settled(page, 'Policies');
    const editor = page.getByRole('textbox', { name: 'Policy document, JSON' });
    const text = await editor.inputValue();
    const line = text.split('\n').findIndex((candidate) => candidate.includes('"staleAfterHours"')) + 1;
    await editor.fill(text.replace(/"staleAfterHours": \d+/, '"staleAfterHours": "long"'));
    await page.getByRole('button', { name: `Line ${line}`, exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'What would this do now' }).isDisabled()).toBe(true);
    await editor.fill(text.replace(/"staleAfterHours": \d+/, '"staleAfterHours": 48'));
    await page.getByRole('button', { name: 'What would this do now' }).click();
    await page.getByText('What this change would do now').waitFor();
    expect(await page.getByRole('button', { name: /^Save as version/ }).isEnabled()).toBe(true);
    await context.close();
  });

  it('checks a phone without a request', async () => {
    const { page, trouble, context } = await open(VIEWS[0]);
    await page.goto(`${url}/check`);
    await settled(page, 'Check a phone');
    await page.waitForLoadState('networkidle');
    const requests = requestsOf(context, url);
    const files = buildBugReport(describePhone(ROOTED_WITH_MAGISK));
    const report = buildZip([...files].map(([name, data]) => ({ name, data })));
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'bugreport.zip', mimeType: 'application/zip', buffer: Buffer.from(report) });
    await page.getByRole('heading', { name: 'What is wrong, and how we know' }).waitFor();
    expect(await page.getByRole('heading', { level: 3, name: /root/i }).count()).toBeGreaterThan(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(requests).toEqual([]);
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('asks a phone on a cable without a request, and judges it as the command line does', async () => {
    const phone = describePhone({ ...ROOTED_WITH_MAGISK, usbDebugging: true, developerOptions: true });
    await using device = await startAdbDevice({ answers: buildAdbAnswers(phone), authentication: 'allow' });
    const { page, trouble, context } = await open(VIEWS[0]);
    await using bridge = await bridgeUsb(context, device.port);
    await page.goto(`${url}/check`);
    await settled(page, 'Check a phone');
    await page.waitForLoadState('networkidle');
    const requests = requestsOf(context, url);
    await page.getByRole('button', { name: 'Choose the phone' }).click();
    await page.getByRole('heading', { name: 'What is wrong, and how we know' }).waitFor();
    expect(device.offered).toEqual(['vedette@browser']);
    expect(bridge.fromPhone()).toBeGreaterThan(device.commands.length);
    expect(device.commands).toContain('dumpsys package');
    expect(await page.getByText('usb:Double').count()).toBeGreaterThan(0);
    expect(await page.getByRole('heading', { level: 3, name: /root/i }).count()).toBeGreaterThan(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(requests).toEqual([]);
    expect(trouble).toEqual([]);
    await context.close();
  });

  it.each(VIEWS)(
    'shows several pieces of evidence as one phone, on a timeline, in $colorScheme at $width px',
    async (view) => {
      const { page, trouble, context } = await open(view);
      await page.goto(`${url}/check`);
      await settled(page, 'Check a phone');
      const spy = sideloadedApp('com.example.spy', { updated: '2026-03-01 09:30:00' });
      const phone = describePhone({ ...ROOTED_WITH_MAGISK, apps: [spy], usage: sendingSince('2026-11-17T00:00:00Z') });
      const zip = (files: ReadonlyMap<string, Uint8Array>) =>
        Buffer.from(buildZip([...files].map(([name, data]) => ({ name, data }))));
      const list = JSON.stringify({
        type: 'bundle',
        objects: [
          {
            type: 'indicator',
            id: 'indicator--1',
            pattern: "[app:id = 'com.example.spy']",
            created: '2026-01-01T00:00:00Z',
          },
        ],
      });
      await page.locator('input[type=file]').setInputFiles([
        { name: 'bugreport.zip', mimeType: 'application/zip', buffer: zip(buildBugReport(phone)) },
        { name: 'androidqf.zip', mimeType: 'application/zip', buffer: zip(buildAndroidqf(phone)) },
        { name: 'spies.stix2', mimeType: 'application/octet-stream', buffer: Buffer.from(list) },
      ]);
      await page.getByRole('heading', { name: 'What happened when' }).waitFor();
      await page.getByText('what 1 list of indicators names').waitFor();
      await page.getByText('Unusual since 17 Nov').first().waitFor();
      expect(await page.getByText('androidqf bundle:').count()).toBe(1);
      await page.getByLabel('Only with a finding').check();
      await page
        .getByRole('table', { name: 'Records of the evidence' })
        .getByText('com.example.spy was installed')
        .first()
        .waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
      if (SCREENSHOTS !== undefined)
        await page.screenshot({
          path: join(SCREENSHOTS, `check-${view.colorScheme}-${view.width}.png`),
          fullPage: true,
        });
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download report' }).click();
      await page.getByRole('menuitem', { name: /Report to read/ }).click();
      const saved = readFileSync(await (await download).path(), 'utf8');
      expect(saved).toContain('com.example.spy');
      expect(saved).not.toContain('<script');
      expect(trouble).toEqual([]);
      await context.close();
    },
  );

  it('sends whoever is signed out to the sign-in and back', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/threats?severity=high`);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail').fill('nobody@example.test');
    await page.getByLabel('Password').fill('this is not it');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    if (given.url === undefined) {
      await page.getByLabel('E-mail').fill(ADMIN.email);
      await page.getByLabel('Password').fill(ADMIN.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await settled(page, 'Threats');
      expect(page.url()).toBe(`${url}/threats?severity=high`);
    }
    await context.close();
  });
});
