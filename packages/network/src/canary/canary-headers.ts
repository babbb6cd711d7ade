/**
 * Headers that say what somebody in between does to them: names in unusual case, one twice, one long, an order that no library makes. Legal all the same (RFC 9110, 5).
 */
export function canaryHeaders(nonce: string): readonly (readonly [string, string])[] {
  return [
    ['X-cAsE-Canary', nonce.slice(0, 8)],
    ['x-twice-canary', 'one'],
    ['Accept', '*/*'],
    ['X-Twice-Canary', 'two'],
    ['x-long-canary', nonce.repeat(8)],
  ];
}

/** What became of headers on their way. */
export interface HeaderChange {
  readonly kind: 'added' | 'missing' | 'renamed' | 'changed' | 'reordered';
  readonly text: string;
}

/** Headers that a proxy adds (RFC 9110, 7.6.3; RFC 7239), so that they tell of one that does not hide. */
const OF_PROXIES =
  /^(via|forwarded|x-forwarded-.*|x-real-ip|client-ip|x-client-ip|x-proxy-.*|proxy-connection|x-bluecoat-via|x-cache.*|x-imforwards)$/i;
/** What libraries add on their own. */
const OF_TRANSPORT = /^(host|connection|content-length|content-type|transfer-encoding|accept-encoding|user-agent)$/i;

type Headers = readonly (readonly [string, string])[];

/** Compares what one end sent with what the other got. Headers that HTTP libraries add themselves are left out unless `sent` has them. */
export function compareHeaders(sent: Headers, got: Headers): HeaderChange[] {
  const changes: HeaderChange[] = [];
  const left = [...got];
  const order: number[] = [];
  for (const [name, value] of sent) {
    const exact = left.findIndex(([other, content]) => other === name && content === value);
    const at = exact >= 0 ? exact : left.findIndex(([other]) => other.toLowerCase() === name.toLowerCase());
    const found = left[at];
    if (at < 0 || found === undefined) {
      changes.push({ kind: 'missing', text: `${name} did not arrive` });
      continue;
    }
    if (found[0] !== name) changes.push({ kind: 'renamed', text: `${name} arrived as ${found[0]}` });
    if (found[1] !== value)
      changes.push({ kind: 'changed', text: `${name}: ${value.slice(0, 80)} arrived as ${found[1].slice(0, 80)}` });
    order.push(got.indexOf(found));
    left.splice(at, 1);
  }
  for (const [name, value] of left)
    if (!OF_TRANSPORT.test(name)) changes.push({ kind: 'added', text: `${name}: ${value.slice(0, 120)} was added` });
  if (order.some((place, index) => index > 0 && place < (order[index - 1] ?? 0)))
    changes.push({ kind: 'reordered', text: 'the headers arrived in another order' });
  return changes;
}

/** Whether one of the changes is by a proxy that says so. */
export function namesProxy(changes: readonly HeaderChange[]): boolean {
  return changes.some(({ kind, text }) => kind === 'added' && OF_PROXIES.test(text.split(':', 1)[0] ?? ''));
}
