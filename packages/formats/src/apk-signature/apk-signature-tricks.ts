import type { Trick } from '../trick.ts';

/** Tricks with the signatures of APKs, and with what stands beside them unsigned. */
export const APK_SIGNATURE_TRICKS: readonly Trick[] = [
  {
    number: 8,
    id: 'apk-signature.jar-sig-duplicate-zip-entry',
    title: 'Two entries of one name, where a JAR signature can only be about one of them',
    platform:
      'Before Android 4.4 one was verified and the other loaded (CVE-2013-4787); since then the archive is refused',
    made: 'hostile',
  },
  {
    number: 17,
    id: 'apk-signature.v1.prefix',
    title: 'Bytes before the first entry that the JAR signature does not cover',
    platform: 'The installer does not look at them; a newer signature would cover them',
    made: 'unusual',
  },
  {
    number: 18,
    id: 'apk-signature.v1.janus',
    title: 'A DEX file before an archive that only a JAR signature protects (Janus, CVE-2017-13156)',
    platform:
      'Before the patches of December 2017 the runtime ran the DEX file while the installer verified the archive',
    made: 'hostile',
  },
  {
    number: 25,
    id: 'apk-signature.block.unknown-id',
    title: 'A pair in the signing block of which nobody knows whose it is',
    platform: 'Pairs that are not known are passed over, and no signature covers them',
    made: 'unusual',
  },
  {
    number: 25,
    id: 'apk-signature.block.channel',
    title: 'A mark of a distribution channel in the signing block',
    platform: 'Passed over; the app itself reads it to learn who handed it out',
    made: 'unusual',
  },
  {
    number: 25,
    id: 'apk-signature.block.padding',
    title: 'Padding in the signing block that is not empty',
    platform: 'Padding is passed over whatever it holds',
    made: 'hostile',
  },
  {
    number: 25,
    id: 'apk-signature.block.empty-pair',
    title: 'A pair in the signing block without any value',
    platform: 'Passed over; a signature that is empty is refused',
    made: 'unusual',
  },
  {
    number: 25,
    id: 'apk-signature.block.size',
    title: 'Sizes of the signing block that differ, or do not fit',
    platform: 'The block is taken for missing: a JAR signature then counts',
    made: 'hostile',
  },
  {
    number: 25,
    id: 'apk-signature.block.pair',
    title: 'A pair that leads out of the signing block',
    platform: 'Pairs before it count; what is searched for behind it is taken for missing',
    made: 'hostile',
  },
  {
    number: 25,
    id: 'apk-signature.block.pairs',
    title: 'Thousands of pairs in the signing block',
    platform: 'The pairs are searched one after the other for the signature',
    made: 'hostile',
  },
  {
    number: 25,
    id: 'apk-signature.block.magic',
    title: 'The form of a signing block with another magic',
    platform: 'It is taken for missing: a JAR signature then counts',
    made: 'hostile',
  },
  {
    number: 25,
    id: 'apk-signature.block.ignored',
    title: 'A signing block in an archive whose end the platform does not accept for signatures',
    platform: 'The block is taken for missing: a JAR signature then counts',
    made: 'hostile',
  },
  {
    number: 25,
    id: 'apk-signature.block.no-signature',
    title: 'A signing block without a v2 or v3 signature',
    platform: 'A JAR signature counts, and nothing protects the block',
    made: 'unusual',
  },
  {
    number: 25,
    id: 'apk-signature.block.duplicate',
    title: 'Several pairs of one id in the signing block',
    platform: 'The first is taken',
    made: 'hostile',
  },
  {
    number: 26,
    id: 'apk-signature.block.payload',
    title: 'Data in the signing block, where no signature covers it',
    platform: 'Passed over; the app can read its own file and load it',
    made: 'hostile',
  },
  {
    number: 26,
    id: 'apk-signature.jar-sig-unprotected-zip-entry',
    title: 'Entries in META-INF, which a JAR signature does not cover on Android',
    platform: 'They can be added and changed without breaking the signature; the app can load them',
    made: 'honest',
  },
];
