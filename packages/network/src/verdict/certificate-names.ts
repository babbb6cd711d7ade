import {
  type Certificate,
  CLASS_CONTEXT,
  derChildren,
  derContent,
  extensionValues,
  readDerNode,
} from '@vedette/formats';

const SUBJECT_ALT_NAME = '2.5.29.17';
const DNS_NAME = 2;
const MAX_NAMES = 500;

/** Host names that a certificate is for: `dNSName` of its alternative names (RFC 5280, 4.2.1.6), lower case. */
export function certificateNames(certificate: Certificate): string[] {
  return extensionValues(certificate, SUBJECT_ALT_NAME)
    .flatMap((value) => {
      const list = readDerNode(value);
      return list === null ? [] : derChildren(list).slice(0, MAX_NAMES);
    })
    .filter(({ tagClass, tag }) => tagClass === CLASS_CONTEXT && tag === DNS_NAME)
    .map((node) => new TextDecoder('latin1').decode(derContent(node)).toLowerCase());
}

/** Whether one of the names stands for `host`; `*` is one label, the first (RFC 9525, 6.3). */
export function coversHost(names: readonly string[], host: string): boolean {
  const wanted = host.toLowerCase();
  const parent = wanted.slice(wanted.indexOf('.') + 1);
  return names.some((name) => name === wanted || (name.startsWith('*.') && name.slice(2) === parent));
}
