import { testRule } from '../../testing/test-rule.ts';
import { webviewScriptBridge } from './webview-script-bridge.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(webviewScriptBridge, {
  bad: {
    'a call': {
      code: codeOf('call android.webkit.WebView.addJavascriptInterface(Ljava/lang/Object;Ljava/lang/String;)V'),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf('call android.webkit.WebView.loadUrl(Ljava/lang/String;)V'),
    },
    'the name in a string': {
      code: codeOf('string android.webkit.WebView.addJavascriptInterface(Ljava/lang/Object;Ljava/lang/String;)V'),
    },
  },
});
