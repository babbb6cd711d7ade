import type { HelloSummary } from '@vedette/contracts';
import { withoutGrease } from './grease.ts';
import { ja3 } from './ja3.ts';
import { ja4 } from './ja4.ts';
import type { ClientHello } from './read-client-hello.ts';

/** What a statement says of a hello. */
export function summariseHello(hello: ClientHello): HelloSummary {
  return {
    ja3: ja3(hello),
    ja4: ja4(hello),
    sni: hello.serverName,
    alpn: hello.alpn.slice(0, 50).map((protocol) => protocol.slice(0, 40)),
    versions: withoutGrease(hello.supportedVersions).slice(0, 50),
  };
}
