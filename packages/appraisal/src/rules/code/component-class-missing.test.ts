import { LAUNCHER } from '../../testing/fake-manifest.ts';
import { testRule } from '../../testing/test-rule.ts';
import { componentClassMissing } from './component-class-missing.ts';

const stub = [{ name: 'com.example.app.Stub', extends: 'android.app.Application', methods: {} }];
const main = { name: 'com.example.app.Main', extends: 'android.app.Activity', methods: {} };
const service = { kind: 'service', name: 'com.example.app.Gone' } as const;

testRule(componentClassMissing, {
  bad: {
    'the first screen is missing': { code: stub, shows: 'com.example.app.Main' },
    'most are missing': {
      code: [main],
      manifest: { components: [LAUNCHER, service, { ...service, name: 'com.example.app.Gone2' }] },
    },
  },
  good: {
    'all are there': { code: [main] },
    'one leftover of a library': { code: [main], manifest: { components: [LAUNCHER, service] } },
    'the classes are in another split': { code: stub, manifest: { root: { isSplitRequired: 'true' } } },
    'a DEX could not be read': { code: stub, files: { 'classes2.dex': 'damaged' } },
  },
});
