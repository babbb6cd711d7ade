import { AttestationSettings } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { changeOf, formOf } from './attestation-form.ts';

const settings = AttestationSettings.parse({
  maxAgeHours: 48,
  keyAttestation: {
    roots: [{ label: 'Ours', pem: 'PEM' }],
    bootKeys: ['a'.repeat(64)],
    applications: [{ package: 'io.example', signer: 'b'.repeat(64) }],
    minPatchLevel: '2026-05',
    sharedKeyLimit: 7,
  },
  playIntegrity: { packageName: 'io.example', signers: ['c'.repeat(64)], minVersionCode: 12, requirePlayProtect: true },
  appAttest: {
    appIds: ['ABCDE12345.io.example'],
    roots: [{ label: 'Test', pem: 'PEM' }],
    environments: ['production', 'development'],
  },
  managedDevice: { roots: [{ label: 'MDM', pem: 'PEM' }] },
});

describe('the form of attestation settings', () => {
  it('gives back what it was made of', () => {
    for (const some of [settings, AttestationSettings.parse({})])
      expect(changeOf(formOf(some)).data).toEqual({ settings: some, playIntegrityKeys: null });
  });

  it('takes fingerprints as other tools print them', () => {
    const form = { ...formOf(AttestationSettings.parse({})), applications: `io.example ${'AB:'.repeat(31)}AB\n\n` };
    expect(changeOf(form).data?.settings.keyAttestation.applications).toEqual([
      { package: 'io.example', signer: 'ab'.repeat(32) },
    ]);
  });

  it('says what is wrong where it is', () => {
    const paths = (more: object) =>
      changeOf({ ...formOf(settings), ...more }).error?.issues.map(({ path }) => path.slice(0, 3).join('.'));
    expect(paths({ maxAgeHours: 'soon' })).toEqual(['settings.maxAgeHours']);
    expect(paths({ bootKeys: 'xyz' })).toEqual(['settings.keyAttestation.bootKeys']);
    expect(paths({ applications: 'io.example' })).toEqual(['settings.keyAttestation.applications']);
    expect(paths({ minPatchLevel: 'May' })).toEqual(['settings.keyAttestation.minPatchLevel']);
    expect(paths({ appIds: 'nonsense' })).toEqual(['settings.appAttest.appIds']);
    expect(paths({ playDecryption: '%' })).toContain('playIntegrityKeys.decryption');
  });
});
