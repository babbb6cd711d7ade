import { createNodeHost } from '@vedette/bytes/node';
import { Appraisal } from '@vedette/contracts';
import { type BundleSpec, buildBundle, buildMachO, buildZip } from '@vedette/formats/builders';
import { type AppImage, readAppImage } from '@vedette/program';
import { describe, expect, it } from 'vitest';
import { appraise } from '../../appraise.ts';
import { renderAppraisalText } from '../../render/render-appraisal-text.ts';
import { IOS_RULES } from './ios-rules.ts';

const NOW = '2026-01-01T00:00:00Z';
const host = createNodeHost();

function imageOf(bytes: Uint8Array): AppImage {
  const { value, diagnostics } = readAppImage(bytes, { name: 'app.ipa', host });
  if (value === null) throw new Error(diagnostics[0]?.message);
  return value;
}

function ipa(spec: BundleSpec = {}): AppImage {
  const files = Object.entries(buildBundle(spec, host));
  return imageOf(buildZip(files.map(([name, data]) => ({ name: `Payload/Sample.app/${name}`, data }))));
}

function judge(image: AppImage): { ids: string[]; appraisal: Appraisal } {
  const appraisal = Appraisal.parse(appraise(image, { version: '0', now: NOW, rules: IOS_RULES }));
  return { ids: appraisal.findings.map(({ ruleId }) => ruleId), appraisal };
}

/** An app with the differences in its model that no builder makes cheaply. */
function changed(more: Partial<NonNullable<AppImage['ios']>>): AppImage {
  const image = ipa();
  if (image.ios === null) throw new Error('not read as an IPA');
  return { ...image, ios: { ...image.ios, ...more } };
}

const PROFILE = {
  name: null,
  uuid: null,
  teamId: null,
  appId: null,
  entitlements: null,
  devices: null,
  created: null,
  teamName: 'Example Ltd',
  platforms: [],
  wildcard: false,
  certificates: [],
  allDevices: false,
  getTaskAllow: false,
  signature: { state: 'verified', detail: '', certificates: [], signingTime: null },
  plist: { kind: 'boolean', value: true },
} as const;

const signing = { teamId: null, signingTime: null } as const;

describe('rules about iOS apps', () => {
  it.each<[string, BundleSpec]>([
    ['ios.signing.unsigned', {}],
    ['ios.network.arbitrary-loads', { info: { NSAppTransportSecurity: { NSAllowsArbitraryLoads: true } } }],
    [
      'ios.network.insecure-exception',
      {
        info: {
          NSAppTransportSecurity: {
            NSExceptionDomains: { 'example.com': { NSExceptionAllowsInsecureHTTPLoads: true } },
          },
        },
      },
    ],
    ['ios.manifest.custom-scheme', { info: { CFBundleURLTypes: [{ CFBundleURLSchemes: ['shop'] }] } }],
    ['ios.manifest.file-sharing', { info: { UIFileSharingEnabled: true } }],
    ['ios.manifest.background-watch', { info: { UIBackgroundModes: ['location'] } }],
  ])('%s', (id, spec) => {
    expect(judge(ipa(spec)).ids).toContain(id);
    if (id !== 'ios.signing.unsigned') expect(judge(ipa()).ids).not.toContain(id);
  });

  it.each<[string, Partial<NonNullable<AppImage['ios']>>]>([
    ['ios.signing.broken', { signing: { ...signing, state: 'broken', issues: [] } }],
    ['ios.signing.ad-hoc', { signing: { ...signing, state: 'ad-hoc', issues: [] } }],
    [
      'ios.signing.entitlement-not-covered',
      {
        signing: {
          ...signing,
          state: 'verified',
          issues: [{ code: 'entitlement-not-covered', breaks: false, detail: 'x is claimed' }],
        },
      },
    ],
    [
      'ios.signing.get-task-allow',
      {
        entitlements: { kind: 'dictionary', entries: new Map([['get-task-allow', { kind: 'boolean', value: true }]]) },
      },
    ],
    ['ios.signing.enterprise-profile', { profile: { ...PROFILE, kind: 'enterprise', expires: null } }],
    ['ios.signing.expired-profile', { profile: { ...PROFILE, kind: 'ad-hoc', expires: '2025-12-31T00:00:00Z' } }],
  ])('%s', (id, more) => {
    expect(judge(changed(more)).ids).toContain(id);
    expect(judge(ipa()).ids).not.toContain(id);
  });

  it('look at how code was built, of an app and of a bare file', () => {
    const flags = 0x2_0085;
    expect(judge(ipa()).ids).not.toContain('ios.code.no-pie');
    expect(judge(ipa()).ids).not.toContain('ios.code.writable');
    for (const image of [ipa({ machO: { flags } }), imageOf(buildMachO({ flags }))])
      expect(judge(image).ids).toEqual(expect.arrayContaining(['ios.code.no-pie', 'ios.code.writable']));
  });

  it('an app whose code is not followed is unknown, never benign', () => {
    expect(judge(ipa()).appraisal.verdict).not.toBe('benign');
    expect(judge(ipa()).ids).toContain('ios.coverage.code');
  });

  it('the report speaks of Info.plist, not of a manifest or an SDK', () => {
    const lost = renderAppraisalText(judge(ipa({ info: null })).appraisal, { colour: false, width: 100 });
    expect(lost).toContain('Info.plist could not be read');
    expect(lost).not.toContain('manifest could not be read');
    const read = renderAppraisalText(judge(ipa()).appraisal, { colour: false, width: 100 });
    expect(read).toContain('com.example.app, 1.0, iOS 15.0 and up\n');
    expect(read).not.toContain('SDK');
  });

  it('bare code is unknown, never benign', () => {
    expect(judge(imageOf(buildMachO({}))).appraisal.verdict).toBe('unknown');
  });

  it('leave Android apps alone', () => {
    const image = { ...ipa(), platform: 'android' as const, ios: null };
    expect(judge(image).ids.filter((id) => IOS_RULES.some((rule) => rule.id === id))).toEqual([]);
  });
});
