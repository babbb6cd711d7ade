import { testRule } from '../../testing/test-rule.ts';
import { customSchemeLink } from './custom-scheme-link.ts';

const link = {
  kind: 'activity',
  name: 'com.example.app.Link',
  exported: true,
  actions: ['android.intent.action.VIEW'],
  categories: ['android.intent.category.DEFAULT', 'android.intent.category.BROWSABLE'],
  schemes: ['example'],
} as const;

testRule(customSchemeLink, {
  bad: { 'a browsable scheme': { manifest: { components: [link] }, shows: 'example:' } },
  good: {
    https: { manifest: { components: [{ ...link, schemes: ['https'] }] } },
    'not browsable': { manifest: { components: [{ ...link, categories: ['android.intent.category.DEFAULT'] }] } },
    'not exported': { manifest: { components: [{ ...link, exported: false }] } },
  },
});
