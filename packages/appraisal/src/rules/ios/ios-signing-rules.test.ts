import { describe, expect, it } from 'vitest';
import { fakeIosApp, shownBy } from '../../testing/fake-ios-app.ts';

describe('ios.signing.weak-digest', () => {
  const sealed = (...hashTypes: ('sha1' | 'sha256')[]): string | null =>
    shownBy('ios.signing.weak-digest', fakeIosApp({ signing: { hashTypes } }));

  it('finds SHA-1 alone, and leaves alone SHA-256 beside it', () => {
    expect(sealed('sha1')).toContain('Payload/Sample.app/Sample');
    expect(sealed('sha1', 'sha256')).toBeNull();
    expect(sealed('sha256')).toBeNull();
    expect(shownBy('ios.signing.weak-digest', fakeIosApp())).toBeNull();
  });
});

describe('ios.signing.weak-key', () => {
  const signedBy = (keyAlgorithm: string, keyBits: number | null): string | null =>
    shownBy('ios.signing.weak-key', {
      ...fakeIosApp(),
      signers: [
        {
          sha256: 'cd'.repeat(32),
          scheme: 'apple',
          subject: 'CN=Example',
          issuer: 'CN=Example',
          notBefore: null,
          notAfter: null,
          keyAlgorithm,
          keyBits,
          signatureAlgorithm: 'SHA256withRSA',
          verified: 'verified',
        },
      ],
    });

  it('finds short keys, and leaves alone usual and unknown ones', () => {
    expect(signedBy('RSA', 1_024)).toContain('RSA with 1024 bits');
    expect(signedBy('EC', 192)).not.toBeNull();
    expect(signedBy('RSA', 2_048)).toBeNull();
    expect(signedBy('EC', 256)).toBeNull();
    expect(signedBy('RSA', null)).toBeNull();
    expect(signedBy('1.2.3', 8)).toBeNull();
  });
});
