import type { Evidence } from '@vedette/contracts';
import { shortened } from '../text/printable.ts';
import type { createArtifacts } from './artifacts.ts';
import type { SarifResult } from './sarif-log.ts';

const MOST_FLOWS = 10;

/** The ways from an entry point of the app to the places of a finding, where they are known (SARIF 2.1.0 section 3.36). */
export function codeFlowsOf(
  evidence: readonly Evidence[],
  artifacts: ReturnType<typeof createArtifacts>,
): NonNullable<SarifResult['codeFlows']> {
  return evidence
    .flatMap((one) => {
      if (one.kind !== 'code' || one.path === undefined || one.path.length < 2) return [];
      const artifactLocation = artifacts.entry(one.file);
      const locations = one.path.map((method) => {
        const name = shortened(method, 400);
        return {
          location: {
            message: { text: name },
            physicalLocation: { artifactLocation, region: { startLine: 1 } },
            logicalLocations: [{ name, fullyQualifiedName: name, kind: 'function' }],
          },
        };
      });
      return [{ threadFlows: [{ locations }] }];
    })
    .slice(0, MOST_FLOWS);
}
