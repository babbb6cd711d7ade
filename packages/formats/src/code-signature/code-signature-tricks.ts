import type { Trick } from '../trick.ts';

/** Tricks played with code signatures. The platform's side is xnu (osfmk/kern/cs_blobs.h, bsd/kern/ubc_subr.c) and Security (libsecurity_codesigning). */
export const CODE_SIGNATURE_TRICKS: readonly Trick[] = [
  {
    number: 78,
    id: 'code-signature.malformed',
    title: 'No SuperBlob where the load command says',
    platform: 'The kernel does not take the signature, and iOS runs nothing that has none',
    made: 'hostile',
  },
  {
    number: 78,
    id: 'code-signature.blob.count',
    title: 'The index announces more blobs than there are, or than anyone needs',
    platform: 'Refused: the index must lie inside of the signature',
    made: 'hostile',
  },
  {
    number: 78,
    id: 'code-signature.blob.range',
    title: 'A blob that leads outside of the signature',
    platform: 'Refused',
    made: 'hostile',
  },
  {
    number: 78,
    id: 'code-signature.blob.duplicate',
    title: 'A slot stands twice, so that readers may take different blobs',
    platform: 'The first of the index is found',
    made: 'hostile',
  },
  {
    number: 78,
    id: 'code-signature.directories',
    title: 'Several code directories',
    platform: 'The one with the strongest hash counts; tools write SHA-1 beside SHA-256 for old versions',
    made: 'honest',
  },
  {
    number: 78,
    id: 'code-signature.directories.differ',
    title: 'Code directories that make different claims',
    platform: 'The one with the strongest hash counts; a reader of the first sees something else',
    made: 'hostile',
  },
  {
    number: 78,
    id: 'code-signature.hash.mismatch',
    title: 'A hash type whose size is another one',
    platform: 'Refused',
    made: 'hostile',
  },
  {
    number: 78,
    id: 'code-signature.ad-hoc',
    title: 'Signed ad hoc: hashes without a signer',
    platform: 'Refused by iOS but for system code that the kernel trusts by its hash; jailbroken devices run it',
    made: 'unusual',
  },
  {
    number: 78,
    id: 'code-signature.entitlements.differ',
    title: 'Entitlements in XML and in DER say different things',
    platform: 'DER counts since iOS 15, XML before; refused where both are compared',
    made: 'hostile',
  },
  {
    number: 78,
    id: 'code-signature.entitlements.der',
    title: 'Entitlements in DER that cannot be read',
    platform: 'Refused',
    made: 'hostile',
  },
];
