import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { createNodeHost } from '../../../bytes/src/node-host.ts';
import { readZip } from '@vedette/formats';
import { readIosApp } from './read-ios-app.ts';
import { execSync } from 'node:child_process';
it('x', () => {
  const host = createNodeHost();
  for (const f of execSync('find ../shared/data/ios -name "*.ipa"').toString().trim().split('\n')) {
    const z = readZip(new Uint8Array(readFileSync(f)), host).value;
    if (z === null) { console.log(f, 'no zip'); continue; }
    const r = readIosApp(z, host);
    const v = r.value;
    console.log(f, v && { root: v.root, signing: v.signing, bundle: v.main.bundleId, nested: v.nested.map((n) => [n.kind, n.path, n.signing.state]), binaries: v.binaries.map((b) => [b.path, b.role, b.signatures.map(s=>s.verdict.state)]), sealed: v.main.signing.sealedFiles, verified: v.main.signing.verifiedFiles, inj: v.injectedLibraries, prof: v.profile && [v.profile.name, v.profile.kind, v.profile.signature.state] }, r.diagnostics.map((d) => d.id+':'+d.message));
  }
});
