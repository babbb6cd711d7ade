import { callRule } from '../../call-rule.ts';

export const webviewScriptBridge = callRule({
  name: 'webview-script-bridge',
  title: 'Web pages can call into the app',
  why: 'Every page shown in this view, and everyone who can change a page on its way, can call the methods that are handed out.',
  remedy: 'Load only pages of your own over https, check their origin, and hand out as little as possible.',
  calls: [{ name: 'addJavascriptInterface', descriptor: '(Ljava/lang/Object;Ljava/lang/String;)V' }],
  note: 'hands an object to the scripts of a page',
  severity: 'low',
  kind: 'weakness',
  dataRisk: { base: 5, step: 1, max: 8, inLibrary: 2 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-PLATFORM-2'], cwe: ['CWE-749'] },
});
