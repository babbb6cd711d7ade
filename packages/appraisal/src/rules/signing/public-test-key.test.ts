import { testRule } from '../../testing/test-rule.ts';
import { publicTestKey } from './public-test-key.ts';

testRule(publicTestKey, {
  bad: {
    'the subject of the project': {
      signers: [
        {
          subject:
            'EMAILADDRESS=android@android.com, CN=Android, OU=Android, O=Android, L=Mountain View, ST=California, C=US',
        },
      ],
      shows: 'android@android.com',
    },
  },
  good: {
    'a Google app': {
      signers: [{ subject: 'CN=Android, OU=Android, O=Google Inc., L=Mountain View, ST=California, C=US' }],
    },
  },
});
