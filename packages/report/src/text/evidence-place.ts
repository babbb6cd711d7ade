import type { Evidence } from '@vedette/contracts';

/** Where a piece of evidence is, in one line, without its note. Raw text of the app: escape it for where it goes. */
export function evidencePlace(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'code': {
      const method = evidence.method === undefined ? '' : `.${evidence.method}`;
      const offset = evidence.codeOffset === undefined ? '' : ` +${evidence.codeOffset}`;
      const reference = evidence.reference === undefined ? '' : ` → ${evidence.reference}`;
      return `${evidence.file}: ${evidence.class}${method}${offset}${reference}`;
    }
    case 'file':
      return evidence.offset === undefined ? evidence.path : `${evidence.path} at byte ${evidence.offset}`;
    case 'manifest': {
      const attribute = evidence.attribute === undefined ? '' : ` ${evidence.attribute}="${evidence.value ?? ''}"`;
      const line = evidence.line === undefined ? '' : `, line ${evidence.line}`;
      return `${evidence.element}${attribute}${line}`;
    }
    case 'certificate':
      return `${evidence.subject}, SHA-256 ${evidence.sha256}`;
    case 'text':
      return `${evidence.source}${evidence.line === undefined ? '' : `:${evidence.line}`}: ${evidence.text}`;
    case 'observation': {
      const place = evidence.rawRef === undefined ? '' : `${evidence.rawRef}: `;
      return `${place}${evidence.signal} = ${evidence.value} (${evidence.source}, ${evidence.trust})`;
    }
    case 'network':
      return `${evidence.network}${evidence.host === undefined ? '' : `, ${evidence.host}`}: ${evidence.seen}`;
    case 'appraisal':
      return `${evidence.package} ${evidence.versionName ?? ''} (${evidence.verdict}, SHA-256 ${evidence.sha256})`;
  }
}
