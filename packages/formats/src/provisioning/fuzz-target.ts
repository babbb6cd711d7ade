import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { buildSignedData } from '../cms/signed-data-builder.ts';
import { buildXmlPlist } from '../plist/plist-builder.ts';
import { buildCertificate } from '../x509/certificate-builder.ts';
import { profilePlist } from './profile-builder.ts';
import { readProvisioningProfile } from './read-provisioning-profile.ts';

function wrap(content: Uint8Array): Uint8Array {
  const certificate = buildCertificate();
  return buildSignedData({ certificates: [certificate], content, signers: [{ certificate }] });
}

/** Provisioning profiles as fuzzers drive them. */
export const provisioningTarget: FuzzTarget = {
  reader: 'provisioning',
  seeds: () => [wrap(buildXmlPlist(profilePlist({}))), buildXmlPlist(profilePlist({ allDevices: true }))],
  generate(random) {
    const below = (limit: number): number => Math.floor(random() * limit);
    const odd = () => [1, 'x', true, [], {}, new Uint8Array(3), [1, 'x']][below(7)] ?? null;
    const plist = Object.fromEntries(Object.keys(profilePlist({})).map((key) => [key, odd()]));
    return wrap(buildXmlPlist(random() < 0.5 ? plist : { ...profilePlist({}), Entitlements: odd() }));
  },
  read(bytes, host) {
    readProvisioningProfile(bytes, host, 0);
  },
};
