import { callOn, callStatic, dalvik, dalvikClass } from '../../../testing/dalvik.ts';
import { testTable } from '../../../testing/test-table.ts';
import { TLS_RULES } from './tls-rules.ts';

const CHECK = 'checkServerTrusted([Ljava/security/cert/X509Certificate;Ljava/lang/String;)V';
const manager = (...lines: readonly string[]) => ({
  dalvik: [
    dalvikClass({ name: 'com.example.app.Trust', interfaces: ['javax.net.ssl.X509TrustManager'] }, CHECK, ...lines),
  ],
});
const dates = callOn('java.security.cert.X509Certificate.checkValidity()V');
const platform = `invoke-interface {v15, v15, v15}, Ljavax/net/ssl/X509TrustManager;->${CHECK}`;
const context = (name: string) =>
  callStatic('javax.net.ssl.SSLContext.getInstance(Ljava/lang/String;)Ljavax/net/ssl/SSLContext;', name);
const socket = (host?: string, port?: number) => callOn('java.net.Socket.<init>(Ljava/lang/String;I)V', host, port);
const aws = (secret?: string) =>
  callOn('com.amazonaws.auth.BasicAWSCredentials.<init>(Ljava/lang/String;Ljava/lang/String;)V', 'id', secret);
const basic = (password?: string) =>
  callStatic('okhttp3.Credentials.basic(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;', 'user', password);

testTable(TLS_RULES, {
  'outdated-tls-version': {
    bad: [dalvik(context('SSLv3')), dalvik(context('TLSv1.1'))],
    good: [dalvik(context('TLS')), dalvik(context('TLSv1.2'))],
  },
  'certificate-dates-only': {
    bad: manager(dates),
    good: [manager(dates, platform), manager('return-void'), dalvik(dates)],
  },
  'own-trust-manager': { bad: manager(dates, platform), good: [manager(), dalvik(dates)] },
  'insecure-socket-factory': {
    bad: dalvik(
      callStatic(
        'android.net.SSLCertificateSocketFactory.getInsecure(ILandroid/net/SSLSessionCache;)Ljavax/net/ssl/SSLSocketFactory;',
      ),
    ),
    good: dalvik(callStatic('android.net.SSLCertificateSocketFactory.getDefault(I)Ljavax/net/SocketFactory;')),
  },
  'allow-all-hostnames': {
    bad: [
      dalvik(
        'sget-object v0, Lorg/apache/http/conn/ssl/SSLSocketFactory;->ALLOW_ALL_HOSTNAME_VERIFIER:Lorg/apache/http/conn/ssl/X509HostnameVerifier;',
      ),
      dalvik('new-instance v0, Lorg/apache/http/conn/ssl/NoopHostnameVerifier;'),
    ],
    good: dalvik(
      'sget-object v0, Lorg/apache/http/conn/ssl/SSLSocketFactory;->STRICT_HOSTNAME_VERIFIER:Lorg/apache/http/conn/ssl/X509HostnameVerifier;',
    ),
  },
  'trust-strategy-weak': {
    bad: dalvik('new-instance v0, Lorg/apache/http/conn/ssl/TrustSelfSignedStrategy;'),
    good: dalvik('new-instance v0, Lorg/apache/http/conn/ssl/SSLContextBuilder;'),
  },
  'default-host-check-replaced': {
    bad: dalvik(
      callStatic('javax.net.ssl.HttpsURLConnection.setDefaultHostnameVerifier(Ljavax/net/ssl/HostnameVerifier;)V'),
    ),
    good: dalvik(callOn('javax.net.ssl.HttpsURLConnection.setHostnameVerifier(Ljavax/net/ssl/HostnameVerifier;)V')),
  },
  'own-host-check': {
    bad: dalvik(
      callOn(
        'okhttp3.OkHttpClient$Builder.hostnameVerifier(Ljavax/net/ssl/HostnameVerifier;)Lokhttp3/OkHttpClient$Builder;',
      ),
    ),
    good: dalvik(callOn('okhttp3.OkHttpClient$Builder.build()Lokhttp3/OkHttpClient;')),
  },
  'pins-in-code': {
    bad: dalvik(
      callOn(
        'okhttp3.CertificatePinner$Builder.add(Ljava/lang/String;[Ljava/lang/String;)Lokhttp3/CertificatePinner$Builder;',
        'api.example.com',
      ),
    ),
    shows: 'api.example.com',
    good: dalvik(callOn('okhttp3.CertificatePinner$Builder.build()Lokhttp3/CertificatePinner;')),
  },
  'clear-protocol-socket': {
    bad: dalvik(socket('mail.example.com', 110)),
    shows: 'POP3',
    good: [
      dalvik(socket('mail.example.com', 995)),
      dalvik(socket('127.0.0.1', 80)),
      dalvik(socket('mail.example.com')),
    ],
  },
  'hard-coded-address': {
    bad: dalvik(socket('45.33.32.156', 4444)),
    shows: '45.33.32.156',
    good: [dalvik(socket('192.168.1.1', 443)), dalvik(socket('198.51.100.7', 443)), dalvik(socket('example.com', 443))],
  },
  'file-transfer-in-clear': {
    bad: [
      dalvik('new-instance v0, Lorg/apache/commons/net/ftp/FTPClient;'),
      dalvik(callOn('java.net.URL.<init>(Ljava/lang/String;)V', 'ftp://files.example.com/')),
    ],
    good: dalvik(callOn('java.net.URL.<init>(Ljava/lang/String;)V', 'https://files.example.com/')),
  },
  'login-in-code': {
    bad: dalvik(basic('correct horse')),
    shows: '13 characters',
    good: [dalvik(basic()), dalvik(basic(''))],
  },
  'cloud-keys-in-code': {
    bad: dalvik(aws('x'.repeat(40))),
    shows: '40 characters',
    good: [dalvik(aws()), dalvik(aws('YOUR_SECRET'))],
  },
});
