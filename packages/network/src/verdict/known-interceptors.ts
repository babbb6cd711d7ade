/** JA4 of tools as a server saw them make the other connection (measured in the network laboratory; Debian 12). The third part alone is shared by all users of OpenSSL 3. */
const BY_HELLO: ReadonlyMap<string, string> = new Map([
  ['t13d2911h1_c36778b98fa1_1f22a2ca17c4', 'mitmproxy'],
  ['t13d751000_479067518aa3_7379471da272', 'sslsplit'],
  ['t12d720700_1b75dbf8ecb1_bbee20deaf11', 'sslsplit, held to TLS 1.2'],
  ['t13d190900_9dc949149365_97f8aa674fd9', 'bettercap'],
]);
/** Words in the names of authorities that products make (first match). */
const BY_ISSUER: readonly (readonly [RegExp, string])[] = [
  [/mitmproxy/i, 'mitmproxy'],
  [/bettercap|Go Daddy Secure Certificate Authority - G2.*bettercap/i, 'bettercap'],
  [/PortSwigger/i, 'Burp Suite'],
  [/Charles Proxy/i, 'Charles'],
  [/DO_NOT_TRUST|Fiddler/i, 'Fiddler'],
  [/Zscaler/i, 'Zscaler'],
  [/Fortinet|FortiGate/i, 'Fortinet'],
  [/Blue ?Coat/i, 'Blue Coat'],
  [/Netskope/i, 'Netskope'],
  [/Kaspersky/i, 'Kaspersky'],
  [/ESET SSL/i, 'ESET'],
  [/Avast|AVG Technologies/i, 'Avast or AVG'],
  [/Bitdefender/i, 'Bitdefender'],
  [/Sophos/i, 'Sophos'],
];

/** Who may be in the middle, by how he says hello or by what his authority is called. A guess: both can be copied. */
export function guessInterceptor(ja4: string | null, issuers: readonly string[]): string | null {
  const byHello = ja4 === null ? undefined : BY_HELLO.get(ja4);
  return byHello ?? BY_ISSUER.find(([pattern]) => issuers.some((issuer) => pattern.test(issuer)))?.[1] ?? null;
}
