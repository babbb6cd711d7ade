/**
 * Whether an address leads out to the network at large: not to the phone itself, a private network (RFC 1918, RFC 4193), a link
 * (RFC 3927, RFC 4291), documentation (RFC 5737, RFC 2606) or a broadcast.
 */
export function isPublicHost({ host, isIp }: { readonly host: string; readonly isIp: boolean }): boolean {
  if (!isIp) return !/(?:^|\.)(?:localhost|local|test|example|invalid|example\.(?:com|org|net))$/.test(host);
  if (host.includes(':')) return !/^\[?(?:::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*|2001:db8:.*)\]?$/i.test(host);
  const [a = 0, b = 0, c = 0] = host.split('.').map(Number);
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if (a === 172 && b >= 16 && b <= 31) return false;
  if ((a === 192 && b === 168) || (a === 169 && b === 254)) return false;
  if (a === 100 && b >= 64 && b <= 127) return false;
  return !(
    (a === 192 && b === 0 && c === 2) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113)
  );
}
