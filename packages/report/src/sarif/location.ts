import type { Appraisal, Evidence } from '@vedette/contracts';
import { evidencePlace } from '../text/evidence-place.ts';
import { shortened } from '../text/printable.ts';
import { reachWords } from '../text/reach-words.ts';
import type { createArtifacts } from './artifacts.ts';
import type { SarifLocation, SarifLogicalLocation } from './sarif-log.ts';

const MOST = 400;

/**
 * Evidence as a location. GitHub shows no result without a line, and compiled code has none: such a location stands at line 1 and says the offset in its message and
 * properties.
 */
export function locationOf(
  evidence: Evidence,
  { app }: Appraisal,
  artifacts: ReturnType<typeof createArtifacts>,
): SarifLocation {
  const line = 'line' in evidence && evidence.line !== undefined ? evidence.line : 1;
  const artifactLocation = (() => {
    switch (evidence.kind) {
      case 'code':
        return artifacts.entry(evidence.file);
      case 'file':
        return artifacts.entry(evidence.path);
      case 'manifest':
        return artifacts.entry(app.platform === 'ios' ? 'Info.plist' : 'AndroidManifest.xml');
      case 'certificate':
      case 'text':
      case 'observation':
      case 'network':
      case 'appraisal':
        return artifacts.whole;
    }
  })();
  const logical = logicalLocationOf(evidence);
  const offsets = offsetsOf(evidence);
  const reach = reachWords(evidence);
  return {
    message: {
      text: shortened(
        `${evidence.note === '' ? '' : `${evidence.note}: `}${evidencePlace(evidence)}${reach === null ? '' : ` (${reach.words}${reach.from === null ? '' : ` ${reach.from}`})`}`,
        MOST * 2,
      ),
    },
    physicalLocation: { artifactLocation, region: { startLine: line } },
    ...(logical === null ? {} : { logicalLocations: [logical] }),
    ...(Object.keys(offsets).length === 0 ? {} : { properties: offsets }),
  };
}

function offsetsOf(evidence: Evidence): Record<string, string | number> {
  if (evidence.kind === 'code') {
    const { codeOffset, reach } = evidence;
    return { ...(codeOffset === undefined ? {} : { codeOffset }), ...(reach === undefined ? {} : { reach }) };
  }
  if (evidence.kind !== 'file' || evidence.offset === undefined) return {};
  return { byteOffset: evidence.offset, ...(evidence.length === undefined ? {} : { byteLength: evidence.length }) };
}

/** Class and method, manifest element or certificate: what the place is called whatever file it is in (SARIF 2.1.0 section 3.33). */
function logicalLocationOf(evidence: Evidence): SarifLogicalLocation | null {
  switch (evidence.kind) {
    case 'code': {
      const { class: owner, method } = evidence;
      if (method === undefined) return named(owner.slice(owner.lastIndexOf('.') + 1), owner, 'type');
      return named(method.replace(/\([\s\S]*$/, ''), `${owner}.${method}`, 'function');
    }
    case 'manifest': {
      const { element, attribute } = evidence;
      const full = attribute === undefined ? element : `${element}/@${attribute}`;
      return named(full.slice(full.lastIndexOf('/') + 1), full, attribute === undefined ? 'element' : 'attribute');
    }
    case 'certificate':
      return named(evidence.subject, evidence.sha256, 'resource');
    case 'file':
    case 'text':
    case 'observation':
    case 'network':
    case 'appraisal':
      return null;
  }
}

function named(name: string, full: string, kind: string): SarifLogicalLocation {
  return { name: shortened(name, MOST), fullyQualifiedName: shortened(full, MOST), kind };
}
