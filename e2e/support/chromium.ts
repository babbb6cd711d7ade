import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Path of the system's Chromium, or null: then browser tests are skipped aloud, and fail under `CI=true`. */
export const chromiumPath =
  candidates.find((path): path is string => path !== undefined && path !== '' && existsSync(path)) ?? null;

if (chromiumPath === null) {
  const line = 'No Chromium found: install it, or set CHROMIUM to its path.';
  if (process.env['CI'] === 'true') throw new Error(line);
  process.stderr.write(`${line} The browser tests are skipped.\n`);
}

/** Starts a headless browser that asks nothing of the outside world. */
export function launchChromium(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('no Chromium');
  return chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
