import { testRule } from '../../testing/test-rule.ts';
import { packer } from './packer.ts';

testRule(packer, {
  bad: {
    'a shell by its class': { manifest: { application: { name: 'com.stub.StubApp' } }, shows: 'Jiagu' },
    'a shell by its package': {
      manifest: { application: { name: 'com.tencent.StubShell.TxAppEntry' } },
      shows: 'Legu',
    },
  },
  good: {
    'an application class of its own': { manifest: { application: { name: 'com.example.app.App' } } },
    'a class whose name only begins alike': { manifest: { application: { name: 'com.stub.StubApplication' } } },
  },
});
