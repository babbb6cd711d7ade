import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAndroidqf, sideloadedApp, USUAL_APPS } from '@vedette/forensics/fixtures';
import { writeFixture } from '@vedette/forensics/node';
import { freePort } from '@vedette/store/testing';
import {
  type MailServer,
  messageThiefPattern,
  startMailServer,
  startWebhookReceiver,
  type WebhookReceiver,
} from '@vedette/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { repositoryRoot, runVedette } from './support/command-line.ts';
import { phoneNow } from './support/phone-now.ts';
import { readQrCode } from './support/read-qr-code.ts';
import { ServerProcess } from './support/server-process.ts';

const SETUP_CODE = 'set-up-code-of-the-test';
const PASSWORD = 'correct horse battery staple';
const realApk = join(repositoryRoot, 'node_modules/io.appium.settings/apks/settings_apk-debug.apk');
const ARRIVAL_MS = 30_000;

/** Everything one walk needs, and what it learns on the way. */
interface Walk {
  readonly folder: string;
  readonly server: ServerProcess;
  readonly page: Page;
  readonly webhook: WebhookReceiver;
  readonly mail: MailServer;
  link: string;
}

interface Step {
  readonly name: string;
  readonly run: (walk: Walk) => Promise<void>;
}

/** What the recorded phone has installed: the specimen, byte for byte. */
function evidenceOfPhone(folder: string, state: 'compromised' | 'repaired'): string {
  const specimen = createHash('sha256').update(messageThiefPattern()).digest('hex');
  const compromised = state === 'compromised';
  const phone = phoneNow({
    usbDebugging: compromised,
    developerOptions: compromised,
    lock: compromised ? 'NONE' : 'PIN',
    rootBinaries: compromised ? ['/system/xbin/su'] : [],
    apps: compromised
      ? [...USUAL_APPS, sideloadedApp('com.example.specimen.messages', { sha256: specimen })]
      : USUAL_APPS,
  });
  const path = join(folder, `evidence-${state}`);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  writeFixture(path, buildAndroidqf(phone));
  return path;
}

async function open(walk: Walk, path: string): Promise<void> {
  await walk.page.goto(`${walk.server.url}${path}`);
}

const STEPS: readonly Step[] = [
  {
    name: 'set up the first administrator',
    async run(walk) {
      const { page } = walk;
      await open(walk, `/setup#code=${SETUP_CODE}`);
      await page.getByLabel('Organisation').fill('Example Organisation');
      await page.getByLabel('Your name').fill('Ada Admin');
      await page.getByLabel('E-mail').fill('ada@example.test');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Set up and sign in' }).click();
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    },
  },
  {
    name: 'connect webhook and mail',
    async run(walk) {
      const { page, webhook, mail } = walk;
      await open(walk, '/response?tab=connectors');
      await page.getByLabel('Address', { exact: true }).fill(webhook.url);
      await page.getByLabel('Secret', { exact: true }).fill(webhook.secret);
      await page.getByLabel('Allow addresses in private networks').check();
      await page.getByRole('button', { name: 'Save webhook' }).click();
      await page.getByText(webhook.url).first().waitFor();
      await page.getByLabel('Mail server').fill(mail.host);
      await page.getByLabel('Port', { exact: true }).fill(String(mail.port));
      await page.getByLabel('Connection').selectOption('none');
      await page.getByLabel('From').fill('vedette@example.test');
      await page.getByLabel('Administrators').fill('security@example.test');
      await page.getByRole('button', { name: 'Save e-mail' }).click();
      await page.getByText(`${mail.host}:${mail.port}`).waitFor();
    },
  },
  {
    name: 'have two apps appraised',
    async run(walk) {
      const { page, folder } = walk;
      const specimen = join(folder, 'specimen.apk');
      writeFileSync(specimen, messageThiefPattern());
      await open(walk, '/apps');
      await page.locator('input[type=file]').setInputFiles([realApk, specimen]);
      for (const name of ['settings_apk-debug.apk', 'specimen.apk']) {
        await page.getByRole('list', { name: 'Appraisals' }).getByRole('link', { name }).waitFor({ timeout: 60_000 });
      }
      await page.getByRole('list', { name: 'Appraisals' }).getByRole('link', { name: 'specimen.apk' }).click();
      await page.getByRole('heading', { level: 1 }).filter({ hasText: 'com.example.specimen.messages' }).waitFor();
      await page.getByText('malicious', { exact: false }).first().waitFor();
    },
  },
  {
    name: 'make an enrolment token',
    async run(walk) {
      const { page } = walk;
      await open(walk, '/settings?tab=enrolment&create=1');
      await page.getByLabel('What for').fill('Recorded phone');
      await page.getByRole('button', { name: 'Make the token' }).click();
      const qr = page.getByRole('img', { name: 'QR code of the enrolment link' });
      await qr.waitFor();
      const browser = page.context().browser();
      if (browser === null) throw new Error('the page has no browser');
      walk.link = await readQrCode(browser, qr);
      expect(walk.link.startsWith(`${walk.server.url}/enrol#t=`)).toBe(true);
      expect(await page.getByText(walk.link).count()).toBe(1);
      await page.getByRole('button', { name: 'Done' }).click();
    },
  },
  {
    name: 'enrol the phone and report',
    async run(walk) {
      await runAgent(walk, 'compromised');
    },
  },
  {
    name: 'see the threats',
    async run(walk) {
      const { page } = walk;
      await open(walk, '/devices');
      await page.getByRole('link', { name: 'Recorded Pixel' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Recorded Pixel' }).waitFor();
      const threats = page.getByRole('tabpanel');
      for (const title of [
        /root/i,
        /com\.example\.specimen\.messages|harmful|malicious/i,
        /USB debugging/i,
        /screen lock/i,
      ]) {
        await threats.getByText(title).first().waitFor({ timeout: ARRIVAL_MS });
      }
      await page.getByText('Not compliant', { exact: false }).first().waitFor();
      await threats.getByRole('link', { name: /root/i }).first().click();
      await page.getByText('/system/xbin/su').first().waitFor();
    },
  },
  {
    name: 'receive the actions',
    async run({ webhook, mail }) {
      const sent = await webhook.waitForAccepted(1, ARRIVAL_MS);
      expect(sent.every(({ verified }) => verified)).toBe(true);
      const mails = await mail.waitFor(1, ARRIVAL_MS);
      expect(mails[0]?.recipients).toEqual(['security@example.test']);
      expect(mails[0]?.subject).toContain('Recorded Pixel');
    },
  },
  {
    name: 'report the repaired phone',
    async run(walk) {
      await runAgent(walk, 'repaired');
    },
  },
  {
    name: 'see the threats resolved',
    async run(walk) {
      const { page } = walk;
      await open(walk, '/devices');
      await page.getByRole('link', { name: 'Recorded Pixel' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Recorded Pixel' }).waitFor();
      const panel = page.getByRole('tabpanel');
      await panel.getByText('resolved', { exact: true }).first().waitFor({ timeout: ARRIVAL_MS });
      await expect.poll(() => panel.getByText('open', { exact: true }).count(), { timeout: ARRIVAL_MS }).toBe(0);
      expect(await page.getByText('Not compliant', { exact: true }).count()).toBe(0);
    },
  },
  {
    name: 'receive the undoing, everything once',
    async run(walk) {
      const { page, webhook, mail } = walk;
      // Whatever was done is undone. (A kill just before a message left may leave an undoing without its doing, never the other way round.)
      await expect.poll(() => notUndone(webhook), { timeout: ARRIVAL_MS }).toEqual([]);
      const subjects = () => [...new Map(mail.received.map(({ messageId, subject }) => [messageId, subject])).values()];
      await expect
        .poll(
          () =>
            subjects().filter(
              (subject) => !/solved/.test(subject) && !subjects().includes(solved(subjects(), subject)),
            ),
          { timeout: ARRIVAL_MS },
        )
        .toEqual([]);
      expect(subjects().some((subject) => /solved/.test(subject))).toBe(true);
      await open(walk, '/response');
      await expect
        .poll(
          () =>
            page
              .getByRole('row')
              .filter({ hasText: /In force|To be sent|Being undone|Failed/i })
              .count(),
          { timeout: ARRIVAL_MS },
        )
        .toBe(0);
      // The same key is the same message: a receiver that keeps keys acts once, whatever was killed when.
      const bodies = new Map<string, Set<string>>();
      for (const { id, body } of webhook.received) bodies.set(id, (bodies.get(id) ?? new Set()).add(body));
      for (const [id, variants] of bodies) expect(variants.size, id).toBe(1);
      const perKey = webhook.accepted.map(({ json }) => effectOf(json));
      expect(perKey.length).toBe(new Set(perKey).size);
    },
  },
];

async function runAgent(walk: Walk, state: 'compromised' | 'repaired'): Promise<void> {
  const { exitCode, stdout, stderr } = await runVedette([
    'agent',
    '--link',
    walk.link,
    '--evidence',
    evidenceOfPhone(walk.folder, state),
    '--state',
    join(walk.folder, 'agent'),
    '--name',
    'Recorded Pixel',
    '--once',
  ]); // prettier-ignore
  expect(exitCode, `${stdout}\n${stderr}\n${walk.server.output}`).toBe(0);
}

interface Envelope {
  readonly type: string;
  readonly data: {
    readonly phase: 'do' | 'undo';
    readonly idempotencyKey: string;
    readonly rule: { readonly id: string };
    readonly effect: string;
  };
}

function effectOf(json: unknown): string {
  const { data } = json as Envelope;
  return `${data.rule.id} ${data.effect} ${data.phase}`;
}

/** Effects that were asked for and not taken back. */
function notUndone({ accepted }: WebhookReceiver): string[] {
  const effects = new Set(accepted.map(({ json }) => effectOf(json)));
  return [...effects].filter((effect) => effect.endsWith(' do') && !effects.has(effect.replace(/ do$/, ' undo')));
}

/** The mail that answers `subject`, or ''. Subjects end in the title of the rule. */
function solved(all: readonly string[], subject: string): string {
  const title = subject.slice(subject.lastIndexOf(': ') + 2);
  return all.find((other) => /solved/.test(other) && other.endsWith(title)) ?? '';
}

describe.skipIf(chromiumPath === null)('the main path, in a browser, from evidence to action and back', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });

  async function walkThePath(killAfter: number | null): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'vedette-path-'));
    // As root the database runs under another account, which must be able to walk here.
    chmodSync(folder, 0o711);
    const server = new ServerProcess(await freePort(), join(folder, 'data'), SETUP_CODE);
    await using webhook = await startWebhookReceiver();
    await using mail = await startMailServer();
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const trouble: string[] = [];
    page.on('pageerror', (error) => trouble.push(error.message));
    try {
      await server.start();
      const walk: Walk = { folder, server, page, webhook, mail, link: '' };
      for (const [index, step] of STEPS.entries()) {
        try {
          await step.run(walk);
        } catch (error) {
          await page.screenshot({ path: join(tmpdir(), 'vedette-path-failure.png'), fullPage: true });
          const log = readFileSync(join(folder, 'data/logs/server.log'), 'utf8').split('\n').slice(-15).join('\n');
          throw new Error(
            `step “${step.name}”: ${error instanceof Error ? error.message : String(error)}\n${server.output}\n${log}`,
            { cause: error },
          );
        }
        if (index === killAfter) {
          await server.kill();
          await server.start();
        }
      }
      expect(trouble).toEqual([]);
    } finally {
      await context.close();
      expect(await server.stop(), server.output).toBe(0);
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('is walked to its end', () => walkThePath(null));

  it.each(STEPS.slice(0, -1).map(({ name }, index) => ({ name, index })))(
    'survives kill -9 after the step “$name”',
    ({ index }) => walkThePath(index),
  );
});
