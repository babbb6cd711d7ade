import type { AppSigner, Evidence } from '@vedette/contracts';
import { FRAMEWORK_ATTRIBUTES } from '@vedette/formats';
import type { AppImage, CallSite, CodeSite, ManifestElement, StringSite } from '@vedette/program';
import { libraryOf } from './library.ts';
import { printable } from './printable.ts';

const MAX_VALUE = 160;
/** Names in a DEX may have 65,535 characters; what identifies an honest one fits in this. */
const MAX_NAME = 300;

/** Evidence for an element, or one attribute of it, in AndroidManifest.xml. */
export function inManifest(element: ManifestElement, note: string, attribute?: string): Evidence {
  const value = attribute === undefined ? undefined : attributeOf(element, attribute);
  return {
    kind: 'manifest',
    element: cut(element.path, MAX_NAME),
    ...(attribute === undefined ? {} : { attribute: `android:${attribute}` }),
    ...(value === undefined ? {} : { value: shorten(value) }),
    ...(element.line > 0 ? { line: element.line } : {}),
    note: cut(note, MAX_NAME),
  };
}

/**
 * The value of an attribute, undefined when it is not written. Found by the framework's resource id, as the platform does, since the
 * written name may be missing or misleading; by its local name where the document carries no id for it.
 */
export function attributeOf(element: ManifestElement, name: string): string | undefined {
  const id = FRAMEWORK_ATTRIBUTES[name];
  const byId = id === undefined ? undefined : element.attributes.find((attribute) => attribute.resourceId === id);
  return (byId ?? element.attributes.find((attribute) => attribute.name === name && attribute.resourceId === 0))?.value;
}

/** Evidence for a call. */
export function atCall(site: CallSite, note: string): Evidence {
  return { ...atSite(site, note), reference: shorten(site.target) };
}

/** Evidence for a string that code loads. */
export function atString(site: StringSite, note: string): Evidence {
  return { ...atSite(site, note), reference: JSON.stringify(shorten(site.value)) };
}

/** Evidence for a place in code. */
export function atSite(site: CodeSite, note: string): Evidence & { readonly kind: 'code' } {
  const library = libraryOf(site.class);
  return {
    kind: 'code',
    file: site.file,
    class: cut(site.class, MAX_NAME),
    method: cut(site.method, MAX_NAME),
    codeOffset: site.codeOffset,
    note: library === null ? note : `${note} (in code named ${library})`,
  };
}

/** Evidence for a signer's certificate. */
export function ofSigner(signer: AppSigner, note: string): Evidence {
  return {
    kind: 'certificate',
    sha256: signer.sha256,
    subject: shorten(signer.subject),
    issuer: shorten(signer.issuer),
    note,
  };
}

/** The signers, each certificate once: schemes usually share one. */
export function certificates(image: AppImage): readonly AppSigner[] {
  const byHash = new Map<string, AppSigner>();
  for (const signer of image.signers) if (!byHash.has(signer.sha256)) byHash.set(signer.sha256, signer);
  return [...byHash.values()];
}

/** Evidence for an archive entry. */
export function inFile(
  path: string,
  note: string,
  where: { readonly offset?: number; readonly length?: number } = {},
): Evidence {
  return { kind: 'file', path: cut(path, MAX_NAME), ...where, note: cut(note, MAX_NAME) };
}

/** At most 160 characters, control characters made visible. */
export function shorten(text: string): string {
  return printable(cut(text, MAX_VALUE));
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** Each place at which a reader noticed what the id stands for. */
export function diagnosticEvidence(image: AppImage, id: string): Evidence[] {
  return image.diagnostics
    .filter((diagnostic) => diagnostic.id === id)
    .map(({ where, offset, message }) => ({
      kind: 'file',
      path: shorten(where ?? image.file.name),
      ...(offset === undefined ? {} : { offset }),
      note: shorten(message),
    }));
}
