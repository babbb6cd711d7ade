import type { Evidence } from '@vedette/contracts';

/** The names of the place that evidence points at, for the glob of a suppression. Empty for what is no place in the app. */
export function evidenceNames(evidence: Evidence): readonly string[] {
  switch (evidence.kind) {
    case 'code': {
      const { file, class: owner, method } = evidence;
      return method === undefined ? [file, owner] : [file, owner, `${owner}.${method.replace(/\([\s\S]*$/, '')}`];
    }
    case 'file':
      return [evidence.path];
    case 'manifest':
      return [evidence.element];
    case 'certificate':
      return [evidence.subject];
    case 'text':
    case 'observation':
    case 'network':
    case 'appraisal':
      return [];
  }
}
