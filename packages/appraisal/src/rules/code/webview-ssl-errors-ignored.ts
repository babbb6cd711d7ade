import { atCall } from '../../evidence.ts';
import { methodKey } from '../../method-key.ts';
import { hit, type Rule } from '../../rule.ts';

const HANDLER = 'android.webkit.SslErrorHandler';

/** Source: WebViewClient.onReceivedSslError: the default cancels. A method that can also cancel asks somebody, and is left alone. */
export const webviewSslErrorsIgnored: Rule = {
  id: 'android.code.webview-ssl-errors-ignored',
  version: 1,
  title: 'Pages are shown although their certificate is wrong',
  why: 'Whoever sits between phone and server can put a page of their own into the app, and take what is typed there.',
  remedy: 'Do not override onReceivedSslError, or call cancel().',
  severity: 'high',
  kind: 'weakness',
  needs: ['code'],
  dataRisk: { base: 15, inLibrary: 6 },
  classes: ['vulnerability', 'data-leak'],
  mappings: { masvs: ['MASVS-NETWORK-1', 'MASVS-PLATFORM-2'], cwe: ['CWE-295'], attack: ['T1638'] },
  run(image, ctx) {
    const handlers = new Set(
      image.code.overrides('android.webkit.WebViewClient', 'onReceivedSslError').map(({ site }) => methodKey(site)),
    );
    if (handlers.size === 0) return null;
    const cancelling = new Set(ctx.calls({ class: HANDLER, name: 'cancel' }).map(methodKey));
    return hit(
      ctx
        .calls({ class: HANDLER, name: 'proceed' })
        .filter((call) => handlers.has(methodKey(call)) && !cancelling.has(methodKey(call)))
        .map((call) => atCall(call, 'goes on after every certificate error')),
    );
  },
};
