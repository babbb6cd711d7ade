import type { Host } from '@vedette/bytes';
import { readSignedData } from '../cms/read-signed-data.ts';
import type { ZipEntry } from '../zip/read-zip.ts';
import type { SchemeResult, SchemeSigner } from './scheme-result.ts';

const MAX_SIGNERS = 10;
const MAX_BLOCK_BYTES = 1024 * 1024;

/**
 * Who the JAR signature says signed the file, unverified: where no platform of the range looks at it, or a block has no
 * signature file.
 */
export function claimJarSigners(blocks: readonly ZipEntry[], host: Host): SchemeResult {
  const signers = blocks.slice(0, MAX_SIGNERS).map((entry): SchemeSigner => {
    const { value } = readSignedData(entry.read(MAX_BLOCK_BYTES).value, host);
    const certificates = value?.certificates ?? [];
    // A signer whose certificate is not named rightly is still shown with the only one there is.
    const certificate =
      value?.signers[0]?.certificate ?? (certificates.length === 1 ? certificates[0] : undefined) ?? null;
    return {
      scheme: 'v1',
      name: entry.name.slice('META-INF/'.length),
      certificate,
      certificates,
      verified: 'not-checked',
      sdkRange: null,
      lineage: null,
      contentDigests: [],
    };
  });
  return { scheme: 'v1', verified: false, signers, lineage: null, issues: [] };
}
