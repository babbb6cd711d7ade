import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type IForbiddenRuleType } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname ?? __dirname, '..');
const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: IForbiddenRuleType[];
  options: ICruiseOptions;
};
const planted = mkdtempSync(join(tmpdir(), 'vedette-imports-'));
afterAll(() => rmSync(planted, { recursive: true, force: true }));

async function violations(paths: string[], baseDir: string): Promise<{ found: string[]; modules: number }> {
  const { enhancedResolveOptions, ...rest } = options;
  const result = await cruise(
    paths,
    { ...rest, baseDir, validate: true, ruleSet: { forbidden } },
    enhancedResolveOptions ?? {},
  );
  if (typeof result.output === 'string') throw new Error('expected a structured result');
  const { summary, modules } = result.output;
  return {
    found: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    modules: modules.length,
  };
}

describe('imports', () => {
  it('go one way only, without cycles, in the whole house', async () => {
    const { found, modules } = await violations(['packages', 'apps'], root);
    expect(found).toEqual([]);
    // A tool that cannot read TypeScript sees almost no modules and reports no violation.
    expect(modules).toBeGreaterThan(100);
  }, 120_000);

  it('are caught when they go the wrong way, in a circle, or to Node from a pure room', async () => {
    const file = (path: string, text: string) => {
      mkdirSync(join(planted, path, '..'), { recursive: true });
      writeFileSync(join(planted, path), text);
    };
    file('packages/bytes/src/wrong.ts', "export { later } from '../../policy/src/later.ts';\n");
    file(
      'packages/policy/src/later.ts',
      "import { readFileSync } from 'node:fs';\nexport const later = readFileSync;\n",
    );
    file('packages/policy/src/a.ts', "import { b } from './b.ts';\nexport const a = () => b;\n");
    file('packages/policy/src/b.ts', "import { a } from './a.ts';\nexport const b = () => a;\n");
    file('apps/cli/src/main.ts', "export { app } from '../../server/src/app.ts';\n");
    file('apps/server/src/app.ts', 'export const app = 1;\n');
    const { found } = await violations(['packages', 'apps'], planted);
    const rules = new Set(found.map((line) => line.split(':')[0]));
    expect([...rules].sort()).toEqual([
      'bytes-imports-down-only',
      'no-app-imports-an-app',
      'no-cycle',
      'pure-rooms-import-no-node',
    ]);
  }, 60_000);
});
