/** Ids of pairs in the signing block that are known, and whose they are. */
export interface SigningBlockId {
  readonly name: string;
  /** `metadata` is of build tools and stores, `channel` of tools that mark a finished file without signing it anew. */
  readonly kind: 'signature' | 'metadata' | 'channel';
}

export const SIGNING_BLOCK_IDS: ReadonlyMap<number, SigningBlockId> = new Map([
  [0x7109871a, { name: 'APK Signature Scheme v2', kind: 'signature' }],
  [0xf05368c0, { name: 'APK Signature Scheme v3', kind: 'signature' }],
  [0x1b93ad61, { name: 'APK Signature Scheme v3.1', kind: 'signature' }],
  [0x6dff800d, { name: 'source stamp', kind: 'signature' }],
  [0x2b09189e, { name: 'source stamp, first version', kind: 'signature' }],
  [0x42726577, { name: 'padding to whole pages', kind: 'metadata' }],
  [0x504b4453, { name: 'dependencies, written by the Android Gradle plugin', kind: 'metadata' }],
  [0x2146444e, { name: 'metadata of Google Play (frosting)', kind: 'metadata' }],
  [0x71777777, { name: 'channel of Walle', kind: 'channel' }],
  [0x881155ff, { name: 'channel of VasDolly', kind: 'channel' }],
]);
