import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnrolmentTokenCreated, ProbeReport, type ProbeTarget } from '@vedette/contracts';
import { buildAndroidqf } from '@vedette/forensics/fixtures';
import { writeFixture } from '@vedette/forensics/node';
import { type ProbeServer, startProbeServer } from '@vedette/probe';
import { freePort } from '@vedette/store/testing';
import { type Authority, type Middle, makeAuthority, startTlsInterceptor } from '@vedette/testkit/in-the-middle';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { runVedette } from './support/command-line.ts';
import { phoneNow } from './support/phone-now.ts';
import { ServerProcess } from './support/server-process.ts';
import { setUp } from './support/sign-in.ts';

/** An attack on a network, from the probe that catches it to the page that shows it, and to its end; the report verified away from it all. */
const CODE = 'set-up-code-of-the-probe';
const ADMIN = {
  code: CODE,
  organisation: 'Example Organisation',
  name: 'Ada Admin',
  email: 'ada@example.test',
  password: 'correct horse battery staple',
};
const ZONE = 'probe.lab.test';
const NETWORK = 'Hotel Lobby';

describe.skipIf(chromiumPath === null)('a network that somebody reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-network-'));
  // Started by root, the database runs under another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  const path = (name: string): string => join(folder, name);
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let server: ServerProcess;
  let probe: ProbeServer;
  let rogue: Authority;
  let attacker: Middle;
  let token: string;

  beforeAll(async () => {
    [browser, rogue] = await Promise.all([launchChromium(), makeAuthority('Acme TLS Inspection CA')]);
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    probe = await startProbeServer({
      zone: ZONE,
      data: path('probe'),
      listen: '127.0.0.1',
      addresses: ['127.0.0.1'],
      tlsPort: 0,
      httpPort: 0,
      dnsPort: null,
      certificate: null,
      decoys: ['online.bank.example'],
      silentAddress: null,
      vantageHosts: [],
      metricsPort: null,
      requestsPerMinute: 10_000,
    });
    attacker = await startTlsInterceptor({ upstreamPort: probe.ports.tls, authority: rogue });
    const target: ProbeTarget = probe.target;
    writeFileSync(path('target.json'), JSON.stringify(target));
    // On loopback there is no way to lead a connection elsewhere: the agent is told the attacker's port.
    writeFileSync(path('attacked.json'), JSON.stringify({ ...target, tlsPort: attacker.port }));
    writeFileSync(path('rogue.pem'), rogue.chain);
    mkdirSync(path('evidence'));
    writeFixture(path('evidence'), buildAndroidqf(phoneNow()));
    server = new ServerProcess(await freePort(), path('data'), CODE);
    await server.start();
    await setUp(page, server.url, ADMIN);
    const response = await context.request.fetch(`${server.url}/api/v1/enrolment/tokens`, {
      method: 'POST',
      headers: { 'x-vedette-csrf': '1', origin: server.url },
      data: { label: 'Phone', expiresInHours: 1, maxUses: 1 },
    });
    token = EnrolmentTokenCreated.parse(await response.json()).token;
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await attacker[Symbol.asyncDispose]();
    await probe[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const env = { XDG_STATE_HOME: path('state') };
  const agent = (target: string, ...more: readonly string[]) =>
    runVedette(
      [
        'agent',
        '--once',
        '--state',
        path('agent'),
        '--evidence',
        path('evidence'),
        '--probe',
        path(target),
        '--network',
        NETWORK,
        ...more,
      ],
      60_000,
      env,
    );

  /** The page once it says something of networks: on a busy machine that takes a while. */
  async function openNetworks(): Promise<void> {
    await page.goto(`${server.url}/networks`);
    await page
      .getByText(/open threat|nobody at risk on it now|No device saw a network tampered with/)
      .first()
      .waitFor();
  }

  it('is named in the terminal, with the proof, and an exit code that scripts can use', async () => {
    const args = ['probe', '--target', path('attacked.json'), '--fail-on', 'high'];
    const { exitCode, stdout } = await runVedette(args, 60_000, env);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('TAMPERED  Somebody tampers with what is sent over this network.');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('issued by “O=Laboratory,CN=Acme TLS Inspection CA”');
    const trusted = await runVedette(
      [...args, '--trust', path('rogue.pem'), '--format', 'json', '--output', path('report.json')],
      60_000,
      env,
    );
    expect([trusted.exitCode, trusted.stdout]).toEqual([1, '']);
  });

  it('is proven by a report that verifies away from it, and no longer once anything in it is changed', async () => {
    const verify = (file: string) => runVedette(['probe', 'verify', path(file), '--target', path('target.json')]);
    const whole = await verify('report.json');
    expect([whole.exitCode, whole.stdout]).toEqual([0, expect.stringContaining('The report holds.')]);
    const report = ProbeReport.parse(JSON.parse(readFileSync(path('report.json'), 'utf8')));
    expect(report.findings[0]?.id).toBe('tls.interception.trusted_ca');
    for (const [name, changed] of Object.entries({
      verdict: { ...report, state: 'clean', findings: [] },
      observation: {
        ...report,
        rounds: report.rounds.map((round) => ({
          ...round,
          tls: round.tls.map((seen) => ({ ...seen, chain: [], leafSpki: null })),
        })),
      },
      signature: {
        ...report,
        rounds: report.rounds.map((round) => ({
          ...round,
          nonce: '0'.repeat(32),
          http: round.http.map((seen) => ({ ...seen, nonce: '0'.repeat(32) })),
        })),
      },
      keys: {
        ...report,
        target: { ...report.target, keys: report.target.keys.map((key) => ({ ...key, kid: '0'.repeat(16) })) },
      },
    })) {
      writeFileSync(path(`${name}.json`), JSON.stringify(changed));
      const answer = await verify(`${name}.json`);
      expect([name, answer.exitCode]).toEqual([name, 1]);
    }
  });

  it('is on the page of networks and among the threats, with what was expected and what was seen', async () => {
    const { exitCode, stdout } = await agent('attacked.json', '--server', server.url, '--token', token);
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining('network: tampered: Somebody reads encrypted connections'),
    ]);
    await expect
      .poll(
        async () => {
          await openNetworks();
          return page.getByText('open threat').count();
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toBeGreaterThan(0);
    await page.getByText(NETWORK).first().waitFor();
    await page.getByText('Acme TLS Inspection CA').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    if (process.env['VEDETTE_SCREENSHOTS'] !== undefined)
      await page.screenshot({ path: join(process.env['VEDETTE_SCREENSHOTS'], 'network-attacked.png'), fullPage: true });
    await page.goto(`${server.url}/threats`);
    await page.getByText(`Encrypted connections are intercepted on ${NETWORK}`).first().click();
    await page.getByText('Acme TLS Inspection CA').first().waitFor();
    if (process.env['VEDETTE_SCREENSHOTS'] !== undefined)
      await page.screenshot({ path: join(process.env['VEDETTE_SCREENSHOTS'], 'network-threat.png'), fullPage: true });
  });

  it('is over once a probe finds it clean', async () => {
    const { exitCode, stdout } = await agent('target.json');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('network: clean')]);
    await expect
      .poll(
        async () => {
          await openNetworks();
          return page.getByText('nobody at risk on it now').count();
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toBeGreaterThan(0);
  });
});
