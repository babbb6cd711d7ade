import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttestationHealth, EnrolmentTokenCreated } from '@vedette/contracts';
import { freePort } from '@vedette/store/testing';
import { fleetTrust, openFleetAuthority, simulateFleet } from '@vedette/testkit/fleet';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { axeViolations } from './support/axe.ts';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { ServerProcess } from './support/server-process.ts';
import { setUp } from './support/sign-in.ts';

/** From an empty server to a fleet that hardware vouches for: an administrator adds the roots, devices hand in statements, and the pages say who proves what. */
const CODE = 'set-up-code-of-the-attested';
const ADMIN = {
  code: CODE,
  organisation: 'Example Organisation',
  name: 'Ada Admin',
  email: 'ada@example.test',
  password: 'correct horse battery staple',
};
const DEVICES = 24;

describe.skipIf(chromiumPath === null)('attestation in the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-attested-'));
  // Started by root, the database runs under another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let server: ServerProcess;
  const trouble: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') trouble.push(`${page.url()}: ${message.text()}`);
    });
    server = new ServerProcess(await freePort(), join(folder, 'data'), CODE);
    await server.start();
    await setUp(page, server.url, ADMIN);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The API as the page uses it, with the page's own session. */
  async function api<T extends z.ZodType>(
    shape: T,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<z.infer<T>> {
    const response = await context.request.fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { 'x-vedette-csrf': '1', origin: server.url },
      ...(body === undefined ? {} : { data: body }),
    });
    return shape.parse(await response.json());
  }

  it('begins with nothing, and takes the roots that an administrator adds', async () => {
    await page.goto(`${server.url}/attestation`);
    await page.getByText('No device is enrolled yet').waitFor();
    const authority = await openFleetAuthority(join(folder, 'fleet'));
    const trust = fleetTrust(authority);
    await page.goto(`${server.url}/settings?tab=attestation`);
    await page.getByRole('button', { name: 'Add a root' }).click();
    await page.getByLabel('Name').fill('Phones of ours');
    await page.getByLabel('Certificate as PEM').fill('no certificate');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The root “Phones of ours” must be one certificate as PEM').waitFor();
    await page.getByLabel('Certificate as PEM').fill(trust.keyAttestationRoot);
    await page.getByRole('button', { name: 'Add a root' }).click();
    await page.getByLabel('Kind').nth(1).selectOption('appAttest');
    await page.getByLabel('Name').nth(1).fill('iPhones of ours');
    await page.getByLabel('Certificate as PEM').nth(1).fill(trust.appAttestRoot);
    await page.getByLabel('Apps that may speak').fill(trust.appId);
    await page.getByLabel('Oldest patch level').fill('last May');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('A month as 2026-05, or a day').waitFor();
    await page.getByLabel('Oldest patch level').fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page
      .getByText(/^Last changed|Last changed/)
      .first()
      .waitFor();
    expect(await page.getByLabel('Name').count()).toBe(2);
  });

  it('says who vouches for the fleet, what did not hold, and which keys are where they should not be', async () => {
    const { token } = await api(EnrolmentTokenCreated, 'POST', '/enrolment/tokens', {
      label: 'Fleet',
      expiresInHours: 1,
      maxUses: DEVICES,
    });
    const summary = await simulateFleet({
      server: server.url,
      token,
      devices: DEVICES,
      historyDays: 0,
      once: true,
      authority: await openFleetAuthority(join(folder, 'fleet')),
      version: '0.1.0',
      fetch: globalThis.fetch,
      clock: Date.now,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      signal: AbortSignal.timeout(120_000),
    });
    expect(summary).toMatchObject({ enrolled: DEVICES, refusals: {} });
    // The server assesses in its own time.
    await expect
      .poll(
        async () => {
          const { standings, reusedKeys } = await api(AttestationHealth, 'GET', '/attestation/health');
          const vouched = standings.filter(({ standing }) => !['none', 'stale'].includes(standing));
          return [vouched.reduce((sum, { devices }) => sum + devices, 0), reusedKeys.length];
        },
        { timeout: 60_000 },
      )
      .toEqual([summary.statements, 1]);
    await page.goto(`${server.url}/attestation`);
    await page.getByRole('heading', { name: 'Who vouches for the fleet' }).waitFor();
    await page.getByText('Suspicious').waitFor();
    await page.getByText('A key of the factory is shown by 2 devices of 2 models.').waitFor();
    await page.getByText('The bootloader is unlocked.').waitFor();
    expect(
      await page.getByRole('table', { name: 'Contradictions' }).getByText('2025-03', { exact: true }).count(),
    ).toBe(2);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Devices: Refused' }).click();
    await page.waitForURL(/attestation=refused/);
    await page.getByText('Google Play').first().waitFor({ state: 'attached' });
    expect(await page.getByLabel('Attestation', { exact: true }).inputValue()).toBe('refused');
  });

  it('shows a person what a statement says, and why one was refused', async () => {
    await page.goto(`${server.url}/attestation`);
    await page.getByRole('table', { name: 'Devices whose proof did not hold' }).getByRole('link').first().click();
    await page.getByRole('heading', { name: /^Attestation/ }).waitFor();
    await page.getByText('The proof that it gave of itself did not hold').waitFor();
    await page.getByText('Why it was refused').waitFor();
    const table = page.getByRole('table', { name: 'What hardware says beside what the system says' });
    expect(await table.getByRole('row', { name: /Bootloader locked/ }).textContent()).toContain('false');
    const checks = page.locator('summary', { hasText: 'Every check' });
    await checks.focus();
    await page.keyboard.press('Enter');
    await page.getByText('K12.locked').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  it.each([
    ['light', 390],
    ['dark', 390],
    ['dark', 1440],
  ] as const)('is whole and accessible in %s at %s px', async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const device = await api(AttestationHealth, 'GET', '/attestation/health');
    const paths = ['/attestation', `/devices/${device.refused[0]?.id ?? ''}`, '/settings?tab=attestation'];
    for (const path of paths) {
      await page.goto(server.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForFunction(() => document.querySelector('.skeleton') === null);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([path, overflow, await axeViolations(page)]).toEqual([path, 0, []]);
    }
  });

  it('reports nothing on the console but the refusal that was asked for', () => {
    expect(trouble.filter((line) => !line.includes('422'))).toEqual([]);
  });
});
