import { testRule } from '../../testing/test-rule.ts';
import { webviewSslErrorsIgnored } from './webview-ssl-errors-ignored.ts';

const METHOD =
  'onReceivedSslError(Landroid/webkit/WebView;Landroid/webkit/SslErrorHandler;Landroid/net/http/SslError;)V';
const PROCEED = 'call android.webkit.SslErrorHandler.proceed()V';
const CANCEL = 'call android.webkit.SslErrorHandler.cancel()V';
const client = (...body: readonly string[]) => ({
  name: 'com.example.app.Client',
  extends: 'android.webkit.WebViewClient',
  methods: { [METHOD]: body },
});

testRule(webviewSslErrorsIgnored, {
  bad: { 'always proceeds': { code: [client(PROCEED, 'return-void')], shows: 'proceed' } },
  good: {
    cancels: { code: [client(CANCEL, 'return-void')] },
    'decides between the two': { code: [client('if-eqz', PROCEED, 'return-void', CANCEL, 'return-void')] },
    'proceeds after a question, elsewhere': {
      code: [client('return-void'), { name: 'com.example.app.Dialog', methods: { 'onClick()V': [PROCEED] } }],
    },
  },
});
