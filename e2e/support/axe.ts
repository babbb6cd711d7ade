import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Runs axe on the page as it stands.
 * @returns one line per violation: rule, how often, and the first place; empty when there is none
 */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // The page's policy forbids injected script elements; evaluating through the debugger is not bound by it.
  await page.evaluate(source);
  const results: AxeResults = await page.evaluate(
    (standards) =>
      (window as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } }).axe.run(document, {
        runOnly: standards,
      }),
    STANDARDS,
  );
  return results.violations.map(
    ({ id, nodes }) => `${id} ${nodes.length}x, first at ${nodes[0]?.target.join(' ') ?? 'the page'}`,
  );
}
