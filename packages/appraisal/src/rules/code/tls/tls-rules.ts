import type { Evidence } from '@vedette/contracts';
import { atCall, atSite } from '../../../evidence.ts';
import { methodKey } from '../../../method-key.ts';
import { codeTable, type Finder } from '../../../rule-table.ts';
import { anyOf, argumentsAt, called, callsOf, passing, shownConstant, text } from '../find-calls.ts';
import { making, reading } from '../find-fields.ts';

const CHECK_VALIDITY = 'java.security.cert.X509Certificate.checkValidity';

/** Trust managers whose check calls nothing but `checkValidity`: dates are looked at, the issuer never. */
const datesOnly: Finder = (image, ctx) => {
  const checks = ['javax.net.ssl.X509TrustManager', 'javax.net.ssl.X509ExtendedTrustManager'].flatMap((base) =>
    image.code.overrides(base, 'checkServerTrusted'),
  );
  if (checks.length === 0) return [];
  const looking = new Set(callsOf(ctx, [CHECK_VALIDITY]).map(methodKey));
  const seen = new Set<string>();
  return checks.flatMap(({ site, opcodes }): readonly Evidence[] => {
    const key = methodKey(site);
    const calls = opcodes.filter((opcode) => opcode.startsWith('invoke-')).length;
    if (calls !== 1 || !looking.has(key) || seen.has(key) || opcodes.includes('throw')) return [];
    seen.add(key);
    return [atSite(site, 'calls checkValidity and nothing else')];
  });
};

/** Trust managers of the app's own that have a body. */
const ownTrustManagers: Finder = (image) => {
  const seen = new Set<string>();
  return image.code.overrides('javax.net.ssl.X509TrustManager', 'checkServerTrusted').flatMap(({ site, opcodes }) => {
    const key = methodKey(site);
    if (opcodes.length < 2 || seen.has(key)) return [];
    seen.add(key);
    return [atSite(site, 'decides in place of the platform')];
  });
};

const CLEAR_PORTS: ReadonlyMap<number, string> = new Map([
  [21, 'FTP'],
  [23, 'Telnet'],
  [25, 'SMTP'],
  [80, 'HTTP'],
  [110, 'POP3'],
  [143, 'IMAP'],
  [389, 'LDAP'],
  [1883, 'MQTT'],
  [6667, 'IRC'],
]);

/** Sockets to ports of protocols without encryption, but for the phone itself. */
const clearSockets: Finder = (image, ctx) =>
  callsOf(ctx, [
    'java.net.Socket.<init>(Ljava/lang/String;I)V',
    'java.net.InetSocketAddress.<init>(Ljava/lang/String;I)V',
  ]).flatMap((call) => {
    const [host = null, port = null] = argumentsAt(image, call)?.parameters ?? [];
    const protocol = port?.kind === 'number' ? CLEAR_PORTS.get(port.value) : undefined;
    if (protocol === undefined || port === null) return [];
    if (host?.kind === 'string' && /^(?:localhost|127\.|::1|0\.0\.0\.0)/.test(host.value)) return [];
    const to = host === null ? '' : ` of ${shownConstant(host)}`;
    return [atCall(call, `connects to port ${shownConstant(port)}${to}, where ${protocol} is spoken`)];
  });

const PUBLIC_IPV4 =
  /^(?!0\.|10\.|127\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|22[4-9]\.|23\d\.|2[45]\d\.|8\.8\.[48]\.[48]$|1\.[10]\.[10]\.1$|9\.9\.9\.9$)(?:\d{1,3}\.){3}\d{1,3}$/;

/** How connections are made. Sources: RFC 8996 (TLS 1.0 and 1.1), RFC 7568 (SSL 3), javax.net.ssl, Apache HttpClient 4, OkHttp. */
export const TLS_RULES = codeTable([
  {
    name: 'outdated-tls-version',
    title: 'The app asks for SSL or an outdated version of TLS by name',
    why: 'SSL 3, TLS 1.0 and 1.1 are withdrawn. A context of that name may still speak newer versions, but nobody should rely on that.',
    remedy: 'Ask for "TLS" and let the platform choose.',
    severity: 'low',
    points: 1,
    masvs: ['NETWORK-1'],
    cwe: [327],
    find: passing('javax.net.ssl.SSLContext.getInstance', 0, text(/^(?:SSL|SSLv[23]|TLSv1(?:\.[01])?)$/i), 'asks for'),
  },
  {
    name: 'certificate-dates-only',
    title: 'A certificate check looks at the dates and nothing else',
    why: 'Everybody can make a certificate that is valid today. Whoever sits between phone and server can read and change everything.',
    remedy: 'Delete the trust manager and use the platform’s.',
    severity: 'high',
    points: 15,
    classes: ['vulnerability', 'data-leak'],
    masvs: ['NETWORK-1'],
    cwe: [295],
    attack: ['T1638'],
    find: datesOnly,
  },
  {
    name: 'own-trust-manager',
    title: 'The app decides by code of its own which servers to trust',
    why: 'Such code replaces a check that has been attacked for years by one that has not. It may be right, for pinning; it deserves a look.',
    remedy: 'Use a network security configuration, which can pin and add authorities.',
    masvs: ['NETWORK-1', 'NETWORK-2'],
    cwe: [295],
    find: ownTrustManagers,
  },
  {
    name: 'insecure-socket-factory',
    title: 'The app makes TLS sockets that check nothing',
    why: 'SSLCertificateSocketFactory.getInsecure is meant for tests: every certificate is accepted.',
    remedy: 'Use SSLSocketFactory.getDefault() and check the host name.',
    severity: 'high',
    points: 12,
    classes: ['vulnerability', 'data-leak'],
    masvs: ['NETWORK-1'],
    cwe: [295],
    attack: ['T1638'],
    find: called('a factory that accepts every certificate', 'android.net.SSLCertificateSocketFactory.getInsecure'),
  },
  {
    name: 'allow-all-hostnames',
    title: 'The app names the verifier that accepts every host',
    why: 'With it a valid certificate for any other host is accepted, so anyone with one can stand between phone and server.',
    remedy: 'Use the default verifier.',
    severity: 'medium',
    points: 6,
    classes: ['vulnerability', 'data-leak'],
    masvs: ['NETWORK-1'],
    cwe: [297],
    attack: ['T1638'],
    find: anyOf(
      reading(
        'reads the verifier that accepts every host',
        'org.apache.http.conn.ssl.SSLSocketFactory.ALLOW_ALL_HOSTNAME_VERIFIER',
      ),
      making('makes a verifier that accepts every host', 'org.apache.http.conn.ssl.NoopHostnameVerifier'),
      reading('reads the verifier that accepts every host', 'org.apache.http.conn.ssl.NoopHostnameVerifier.INSTANCE'),
    ),
  },
  {
    name: 'trust-strategy-weak',
    title: 'The app trusts certificates that sign themselves',
    why: 'Everybody can make such a certificate, so the connection is encrypted to whoever answers.',
    remedy: 'Name the certificate in a network security configuration.',
    severity: 'medium',
    points: 5,
    classes: ['vulnerability', 'data-leak'],
    masvs: ['NETWORK-1'],
    cwe: [295],
    attack: ['T1638'],
    find: making(
      'a strategy that trusts more than it should',
      'org.apache.http.conn.ssl.TrustSelfSignedStrategy',
      'org.apache.http.conn.ssl.TrustAllStrategy',
    ),
  },
  {
    name: 'default-host-check-replaced',
    title: 'The app replaces the check of host names for all connections',
    why: 'It holds for every library in the app as well. Whether the new check is sound is another question.',
    remedy: 'Leave the default alone; set a verifier on the one connection that needs it.',
    masvs: ['NETWORK-1'],
    cwe: [297],
    find: called(
      'replaces the check for all connections',
      'javax.net.ssl.HttpsURLConnection.setDefaultHostnameVerifier',
      'javax.net.ssl.HttpsURLConnection.setDefaultSSLSocketFactory',
    ),
  },
  {
    name: 'own-host-check',
    title: 'The app gives OkHttp a check of host names of its own',
    why: 'The library compares names correctly by itself; what replaces that may not.',
    remedy: 'Remove the call, unless a host without a name must be reached.',
    points: 0.5,
    masvs: ['NETWORK-1'],
    cwe: [297],
    find: called('sets a verifier', 'okhttp3.OkHttpClient$Builder.hostnameVerifier'),
  },
  {
    name: 'pins-in-code',
    title: 'The app pins certificates in its code',
    why: 'A pinned server cannot be imitated even with a certificate of a trusted authority. It judges nothing.',
    remedy: 'Keep a backup pin, or the app stops when the key changes.',
    masvs: ['NETWORK-2'],
    find: passing('okhttp3.CertificatePinner$Builder.add', 0, text(/./), 'pins'),
  },
  {
    name: 'clear-protocol-socket',
    title: 'The app opens a connection to a port of a protocol without encryption',
    why: 'Whoever shares the Wi-Fi can read and change what is sent.',
    remedy: 'Use the protocol over TLS.',
    severity: 'low',
    points: 1.5,
    classes: ['data-leak'],
    masvs: ['NETWORK-1'],
    cwe: [319],
    find: clearSockets,
  },
  {
    name: 'hard-coded-address',
    title: 'The app connects to a public address by number',
    why: 'A number has no owner that can be looked up by name and no certificate; it stays in the app when the server is gone and somebody else gets it.',
    remedy: 'Use a host name.',
    severity: 'low',
    points: 1,
    masvs: ['NETWORK-1'],
    cwe: [1051],
    find: passing(
      [
        'java.net.Socket.<init>(Ljava/lang/String;I)V',
        'java.net.InetSocketAddress.<init>(Ljava/lang/String;I)V',
        'java.net.InetAddress.getByName',
      ],
      0,
      text(PUBLIC_IPV4),
      'connects to',
    ),
  },
  {
    name: 'file-transfer-in-clear',
    title: 'The app carries a client for FTP without encryption',
    why: 'FTP sends names, passwords and files in the clear.',
    remedy: 'Use FTPS, SFTP or https.',
    severity: 'low',
    points: 1,
    classes: ['data-leak'],
    masvs: ['NETWORK-1'],
    cwe: [319],
    find: anyOf(
      making('makes an FTP client', 'org.apache.commons.net.ftp.FTPClient'),
      passing('java.net.URL.<init>(Ljava/lang/String;)V', 0, text(/^ftp:\/\//i), 'opens'),
    ),
  },
  {
    name: 'login-in-code',
    title: 'The app signs in with a name or password from its code',
    why: 'Whoever has the app has the account.',
    remedy: 'Let users sign in, and let the server hand out tokens that expire.',
    severity: 'medium',
    points: 4,
    classes: ['vulnerability', 'data-leak'],
    masvs: ['AUTH-1', 'STORAGE-1'],
    cwe: [798],
    find: passing('okhttp3.Credentials.basic', 1, text(/^.{4,}$/), 'passes the password', (constant) =>
      constant.kind === 'string' ? `a constant of ${constant.value.length} characters` : 'a constant',
    ),
  },
  {
    name: 'cloud-keys-in-code',
    title: 'The app passes keys of a cloud account from its code',
    why: 'Whoever has the app has the keys, and with them what the account may do.',
    remedy: 'Use identities that the cloud hands out to devices (for example Amazon Cognito), and revoke these keys.',
    severity: 'high',
    points: 10,
    classes: ['vulnerability', 'data-leak'],
    masvs: ['AUTH-1', 'STORAGE-1'],
    cwe: [798],
    find: anyOf(
      passing(
        'com.amazonaws.auth.BasicAWSCredentials.<init>',
        1,
        text(/^[A-Za-z0-9/+=]{30,}$/),
        'passes the secret key',
        (constant) => (constant.kind === 'string' ? `a constant of ${constant.value.length} characters` : 'a constant'),
      ),
      passing(
        'com.azure.storage.common.StorageSharedKeyCredential.<init>',
        1,
        text(/^[A-Za-z0-9/+=]{40,}$/),
        'passes the account key',
        () => 'a constant',
      ),
    ),
  },
]);
