import type { PlistSpec } from '../plist/plist-builder.ts';

export interface ProfileSpec {
  readonly appId?: string;
  readonly devices?: readonly string[];
  readonly allDevices?: boolean;
  readonly expires?: Date;
  /** DER. */
  readonly certificates?: readonly Uint8Array[];
  readonly entitlements?: { readonly [key: string]: PlistSpec };
}

/** The property list of a provisioning profile; `buildSignedData` puts the signature around it. */
export function profilePlist(spec: ProfileSpec): { readonly [key: string]: PlistSpec } {
  const appId = spec.appId ?? 'A1B2C3D4E5.com.example.app';
  return {
    Name: 'Sample profile',
    UUID: '01234567-89AB-CDEF-0123-456789ABCDEF',
    TeamIdentifier: ['A1B2C3D4E5'],
    TeamName: 'Example',
    Platform: ['iOS'],
    CreationDate: new Date('2026-01-01T00:00:00Z'),
    ExpirationDate: spec.expires ?? new Date('2027-01-01T00:00:00Z'),
    DeveloperCertificates: [...(spec.certificates ?? [])],
    Entitlements: { 'application-identifier': appId, 'get-task-allow': false, ...spec.entitlements },
    ...(spec.devices === undefined ? {} : { ProvisionedDevices: [...spec.devices] }),
    ...(spec.allDevices === undefined ? {} : { ProvisionsAllDevices: spec.allDevices }),
  };
}
