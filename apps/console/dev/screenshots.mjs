/**
 * Takes every page of the built console at three widths in light and dark, and runs axe on each.
 *   node apps/console/dev/screenshots.mjs OUTPUT_FOLDER [--only name,name] [--widths 1440,820,390] [--themes light,dark] [--fixture "--empty"] [--no-axe]
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const output = process.argv[2] ?? 'screenshots';
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : process.argv[at + 1];
};
const only = option('only', '').split(',').filter(Boolean);
const widths = option('widths', '1440,820,390').split(',').map(Number);
const themes = option('themes', 'light,dark').split(',');
const fixture = option('fixture', '').split(' ').filter(Boolean);
const port = Number(option('port', '5190'));
const base = option('base', `http://127.0.0.1:${port}`);
mkdirSync(output, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const server = spawn(
  process.execPath,
  [fileURLToPath(new URL('./fixture-server.mjs', import.meta.url)), '--dist', '--port', String(port), ...fixture],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
await new Promise((resolve) => server.stdout.once('data', resolve));
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const get = async (path) => (await fetch(`${base}/api/v1${path}`)).json();
const empty =
  fixture.includes('--empty') ||
  fixture.includes('--signed-out') ||
  fixture.includes('--needs-setup') ||
  fixture.includes('--failing') ||
  fixture.includes('--slow');
const devices = empty ? { items: [] } : await get('/devices?limit=200');
const threats = empty ? { items: [] } : await get('/threats?state=open');
const apps = empty ? { items: [] } : await get('/apps');
const byRisk = (risk) => devices.items.find((device) => device.riskLevel === risk)?.id;
const rooted = threats.items.find((threat) => threat.type === 'rooted');
const tls = threats.items.find((threat) => threat.type === 'tls-interception');
const common = [
  ['overview', '/'],
  ['devices', '/devices'],
  ['threats', '/threats'],
  ['inspect', '/inspect'],
  ['apps', '/apps'],
  ['networks', '/networks'],
  ['policies', '/policies'],
  ['policies-edit', '/policies?tab=edit'],
  ['policies-versions', '/policies?tab=versions'],
  ['response', '/response'],
  ['connectors', '/response?tab=connectors'],
  ['check', '/check'],
  ['settings', '/settings'],
  ['organisation', '/settings?tab=organisation'],
  ['audit', '/settings?tab=audit'],
  ['appearance', '/settings?tab=appearance'],
  ['enrol-dialog', '/settings?create=1'],
  ['signin', '/signin'],
  ['enrol-link', '/enrol#t=vdt_3kF9sQ2mPz7XwLb8RtYcNa'],
  ['not-found', '/nowhere'],
];
const pages = fixture.includes('--needs-setup')
  ? [['setup', '/setup#code=letmein']]
  : [
      ...common,
      ...(empty
        ? []
        : [
            ['device', `/devices/${byRisk('critical')}`],
            ['device-unknown', `/devices/${byRisk('unknown')}`],
            ['device-apps', `/devices/${byRisk('critical')}?tab=apps`],
            ['device-actions', `/devices/${byRisk('critical')}?tab=actions`],
            [
              'device-reports',
              `/devices/${byRisk('critical')}?tab=reports&report=00000000-0000-4000-a000-000000000000`,
            ],
            ['device-identity', `/devices/${byRisk('critical')}?tab=identity`],
            ['device-evidence', `/devices/${rooted?.device.id}?evidence=device.rooted`],
            ['threat', `/threats/${rooted?.id}`],
            ['threat-network', `/threats/${tls?.id}`],
            ['app', `/apps/${apps.items[0].sha256}`],
            ['app-evidence', `/apps/${apps.items[0].sha256}?evidence=app.sms-to-host`],
            ['app-permissions', `/apps/${apps.items[0].sha256}?tab=permissions`],
            ['app-coverage', `/apps/${apps.items[0].sha256}?tab=coverage`],
            ['app-signers', `/apps/${apps.items[0].sha256}?tab=signers`],
          ]),
    ];
let violations = 0;
for (const theme of themes) {
  for (const width of widths) {
    const context = await browser.newContext({
      viewport: { width, height: width < 500 ? 844 : 900 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (
        message.type() === 'error' &&
        !message.text().includes('401') &&
        !message.text().includes('404') &&
        !message.text().includes('503')
      )
        process.stdout.write(`console ${page.url()}: ${message.text()}\n`);
    });
    page.on('pageerror', (error) => process.stdout.write(`page error ${page.url()}: ${error.message}\n`));
    for (const [name, path] of pages) {
      if (only.length > 0 && !only.includes(name)) continue;
      await page.goto('about:blank');
      await page.goto(base + path, { waitUntil: 'load' });
      await page.waitForSelector('h1', { timeout: 10_000 }).catch(() => undefined);
      if (!fixture.includes('--slow'))
        await page
          .waitForFunction(() => document.querySelector('[role="status"].skeleton, .skeleton') === null, undefined, {
            timeout: 8000,
          })
          .catch(() => process.stdout.write(`still loading: ${name}\n`));
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(120);
      await page.screenshot({ path: join(output, `${name}-${width}-${theme}.png`), fullPage: true });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) process.stdout.write(`overflow ${name} ${width}: ${overflow}px\n`);
      if (!process.argv.includes('--no-axe')) {
        // The page's policy forbids injected script elements; evaluating through the debugger is not bound by it.
        await page.evaluate(axe);
        const result = await page.evaluate(() =>
          window.axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          }),
        );
        for (const violation of result.violations) {
          violations += 1;
          process.stdout.write(
            `axe ${name} ${width} ${theme}: ${violation.id} (${violation.impact}) ${violation.nodes.length}x ${violation.nodes
              .slice(0, 2)
              .map(
                (node) =>
                  `${node.target.join(' ')} ${node.any[0]?.message ?? node.failureSummary?.split('\n')[1] ?? ''}`,
              )
              .join(' | ')
              .slice(0, 400)}\n`,
          );
        }
      }
    }
    await context.close();
  }
}
await browser.close();
server.kill();
process.stdout.write(`${violations} violations\n`);
