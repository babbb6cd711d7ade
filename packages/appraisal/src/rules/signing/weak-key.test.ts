import { testRule } from '../../testing/test-rule.ts';
import { weakKey } from './weak-key.ts';

testRule(weakKey, {
  bad: {
    'RSA 1024': { signers: [{ keyAlgorithm: 'RSA', keyBits: 1024 }], shows: '1024' },
    'RSA 512': { signers: [{ keyAlgorithm: 'RSA', keyBits: 512 }] },
    'EC 160': { signers: [{ keyAlgorithm: 'EC', keyBits: 160 }] },
  },
  good: {
    'RSA 2048': { signers: [{ keyAlgorithm: 'RSA', keyBits: 2048 }] },
    'EC 256': { signers: [{ keyAlgorithm: 'EC', keyBits: 256 }] },
    'a key of unknown length': { signers: [{ keyBits: null }] },
  },
});
