import type { XmlNode } from '@vedette/formats/builders';
import { appWithNetworkConfig } from '../../testing/fake-network-config.ts';
import { testTable } from '../../testing/test-table.ts';
import { NETWORK_CONFIG_RULES } from './network-config-rules.ts';

const PIN = `${'A'.repeat(43)}=`;
const pin = (text = PIN, digest = 'SHA-256'): XmlNode => ({ name: 'pin', attributes: { digest }, text });
const pinned = (attributes: Record<string, string>, ...children: readonly XmlNode[]) =>
  appWithNetworkConfig({
    name: 'domain-config',
    children: [
      { name: 'domain', text: 'api.example.com' },
      { name: 'pin-set', attributes, children },
    ],
  });
const trusting = (parent: string, attributes: Record<string, string>) =>
  appWithNetworkConfig({
    name: parent,
    children: [{ name: 'trust-anchors', children: [{ name: 'certificates', attributes }] }],
  });
const transparency = (enabled: string) =>
  appWithNetworkConfig({
    name: 'base-config',
    children: [{ name: 'certificateTransparency', attributes: { enabled } }],
  });
const target = (targetSdk: number, ...permissions: readonly string[]) => ({ manifest: { targetSdk, permissions } });

// The tests' clock stands at 1 January 2026.
testTable(NETWORK_CONFIG_RULES, {
  'pins-expired': {
    bad: pinned({ expiration: '2025-06-01' }, pin(), pin()),
    shows: '2025-06-01',
    good: [pinned({ expiration: '2030-01-01' }, pin(), pin()), pinned({}, pin(), pin())],
  },
  'pins-without-backup': { bad: pinned({}, pin()), shows: 'api.example.com', good: pinned({}, pin(), pin()) },
  'pins-unusable': {
    bad: [pinned({}, pin('abc'), pin()), pinned({}, pin(PIN, 'SHA-1')), pinned({})],
    good: pinned({}, pin(), pin()),
  },
  pins: {
    bad: pinned({}, pin(), pin()),
    shows: '2 pins for api.example.com',
    good: [pinned({ expiration: '2025-06-01' }, pin(), pin()), pinned({}, pin('abc'))],
  },
  'pins-overridden': {
    bad: trusting('base-config', { src: 'user', overridePins: 'true' }),
    good: [
      trusting('base-config', { src: 'system', overridePins: 'false' }),
      trusting('debug-overrides', { src: 'user', overridePins: 'true' }),
    ],
  },
  'own-authorities': {
    bad: trusting('base-config', { src: '@0x7f110001' }),
    good: [trusting('base-config', { src: 'system' }), trusting('debug-overrides', { src: '@0x7f110001' })],
  },
  'debug-trust': {
    bad: trusting('debug-overrides', { src: 'user' }),
    good: trusting('base-config', { src: 'system' }),
  },
  'transparency-off': { bad: transparency('false'), good: transparency('true') },
  'user-certificates-by-target': {
    bad: target(23, 'android.permission.INTERNET'),
    good: [target(24, 'android.permission.INTERNET'), target(23)],
  },
});
