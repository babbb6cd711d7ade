import type { Evidence } from '@vedette/contracts';

/**
 * The place that evidence points at, by what stays when nothing changes there from build to build: names, no offsets, no lines, no name of the code file a class happens
 * to be in. For fingerprints.
 */
export function stablePlace(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'code':
      return ['code', evidence.class, evidence.method ?? '', evidence.reference ?? ''].join('\n');
    case 'file':
      return ['file', evidence.path].join('\n');
    case 'manifest':
      return ['manifest', evidence.element, evidence.attribute ?? ''].join('\n');
    case 'certificate':
      return ['certificate', evidence.sha256].join('\n');
    case 'text':
      return ['text', evidence.source, evidence.text].join('\n');
    case 'observation':
      return ['observation', evidence.signal].join('\n');
    case 'network':
      return ['network', evidence.network, evidence.host ?? ''].join('\n');
    case 'appraisal':
      return ['appraisal', evidence.package].join('\n');
  }
}
