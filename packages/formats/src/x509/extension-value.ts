import { oidText } from '../der/der-values.ts';
import { derChildren, isContext, isUniversal, octets, readDerNode, TAG_OCTET_STRING } from '../der/read-der.ts';
import type { Certificate } from './read-certificate.ts';

/**
 * The contents of an extension of a certificate (RFC 5280, 4.2), by its object identifier.
 * @returns one for each time it is there: a certificate may carry each once, so more than one is a fault
 */
export function extensionValues(certificate: Certificate, oid: string): readonly Uint8Array[] {
  const tbs = readDerNode(certificate.signed);
  const wrapper = tbs === null ? undefined : derChildren(tbs).find((field) => isContext(field, 3));
  const list = wrapper === undefined ? undefined : derChildren(wrapper)[0];
  return (list === undefined ? [] : derChildren(list)).flatMap((extension) => {
    const [type, ...rest] = derChildren(extension);
    const value = rest.find((field) => isUniversal(field, TAG_OCTET_STRING));
    return oidText(type) === oid && value !== undefined ? [octets(value)] : [];
  });
}
