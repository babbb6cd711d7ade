import {
  ALNUM,
  BASE32,
  BASE64,
  base64,
  chars,
  checkedToken,
  DIGITS,
  HEX,
  jsonWebToken,
  KEYS,
  LOWER,
  pem,
  UPPER,
  uuid,
} from '../../testing/fake-secrets.ts';

/** Texts that a rule on a secret must find, and texts that look similar and must be left alone. */
export interface SecretFixture {
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

const hex = (length: number, seed?: number): string => chars(HEX, length, seed);
const word = (length: number, seed?: number): string => chars(ALNUM, length, seed);
const TOKEN = `${LOWER}${DIGITS}`;

/** A prefix with what is drawn by chance behind it; the same with a placeholder there. */
function prefixed(prefix: string, alphabet: string, length: number, tail = ''): SecretFixture {
  return {
    bad: [`${prefix}${chars(alphabet, length)}${tail}`],
    good: [
      `${prefix}${'x'.repeat(length)}${tail}`,
      `${prefix}${chars(alphabet, length - 2)}`,
      `my${prefix}${chars(alphabet, length)}${tail}`,
    ],
  };
}

/** A value with a name; the same value with another name. */
function named(name: string, value: string, other = 'etag'): SecretFixture {
  return {
    bad: [`${name} = "${value}"`, `{"${name}":"${value}"}`],
    good: [`${other} = "${value}"`, `${name} = "${'x'.repeat(value.length)}"`],
  };
}

/** An address with a user, a password and a host that others can reach. */
function address(scheme: string): SecretFixture {
  const secret = chars(ALNUM, 14, 5);
  return {
    bad: [`${scheme}shop:${secret}@db.acme-shop.com/orders`],
    good: [
      `${scheme}shop:${secret}@localhost/orders`,
      `${scheme}shop:password@db.acme-shop.com/orders`,
      `${scheme}%s:%s@%s/orders`,
      `${scheme}shop:${secret}@db.example.com/orders`,
      `${scheme}db.acme-shop.com/orders`,
    ],
  };
}

/** A block with a key, and without: the heading that a parser looks for, a placeholder. */
function block(label: string, key: Uint8Array): SecretFixture {
  const text = pem(label, key);
  return {
    bad: [text, text.replace(/\n/g, '\\n')],
    good: [
      `-----BEGIN ${label}-----`,
      `-----BEGIN ${label}-----\n${'A'.repeat(64)}\n-----END ${label}-----`,
      pem('PUBLIC KEY', key),
      `-----BEGIN ${label}-----\n${word(64)}\n-----END ${label}-----`,
    ],
  };
}

const NO_SECRETS = ['the quick brown fox jumps over the lazy dog'];

export const SECRET_FIXTURES: Readonly<Record<string, SecretFixture>> = {
  'aws-access-key': {
    bad: [`AKIA${chars(BASE32, 16)}`, `ASIA${chars(BASE32, 16, 2)}`],
    // The last is not base32.
    good: [['AKIAIOSFODNN7', 'EXAMPLE'].join(''), `AKIA${chars(BASE32, 17)}`, `AKIA0189${chars(BASE32, 12)}`],
  },
  'aws-secret-key': named('aws_secret_access_key', chars(BASE64, 40), 'aws_region'),
  'aws-bedrock-key': { bad: [`ABSK${word(132)}`], good: [`ABSK${word(40)}`, `ABSK${'x'.repeat(132)}`] },
  'aws-mws-key': {
    bad: [`amzn.mws.${uuid()}`],
    good: ['amzn.mws.00000000-0000-0000-0000-000000000000', 'amzn.mws.settings'],
  },
  'azure-storage-key': {
    bad: [
      `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${chars(BASE64, 86)}==;EndpointSuffix=core.windows.net`,
    ],
    good: [`AccountKey=${'A'.repeat(86)}==`, 'AccountKey=<your account key>'],
  },
  'azure-shared-access-key': {
    bad: [`Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=all;SharedAccessKey=${chars(BASE64, 43)}=`],
    good: ['SharedAccessKey=', `SharedAccessKey=${'A'.repeat(43)}=`],
  },
  'azure-shared-access-signature': {
    bad: [`https://shop.blob.core.windows.net/a?sv=2022-11-02&ss=b&srt=co&sp=rl&sig=${word(43)}%3D`],
    good: ['https://shop.blob.core.windows.net/a?sv=2022-11-02&ss=b&srt=co&sp=rl&sig=', 'sv=2022-11-02&sp=r'],
  },
  'azure-client-secret': { bad: [`ab~8Q~${word(34)}`], good: [`ab~8Q~${'x'.repeat(34)}`, `ab~xQ~${word(34)}`] },
  'google-service-account': {
    bad: [
      JSON.stringify({ type: 'service_account', private_key_id: 'a', private_key: pem('PRIVATE KEY', KEYS.pkcs8) }),
    ],
    good: ['{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\\n-----END PRIVATE KEY-----"}'],
  },
  'google-oauth-secret': prefixed('GOCSPX-', ALNUM, 28),
  'google-access-token': { bad: [`ya29.${word(120)}`], good: ['ya29.short', `ya29.${'x'.repeat(60)}`] },
  'google-refresh-token': { bad: [`1//0${word(90)}`], good: ['1//0', `1//0${'x'.repeat(90)}`] },
  'firebase-server-key': {
    bad: [`AAAA${word(7)}:APA91b${word(134)}`],
    // A device's address for messages looks similar.
    good: [`cDxk${word(7)}:APA91b${word(134)}`, `AAAA${word(7)}:APA91b${word(20)}`],
  },
  'digitalocean-token': prefixed('dop_v1_', HEX, 64),
  'alibaba-access-key': { bad: [`LTAI${word(20)}`], good: [`LTAI${word(30)}`, `LTAI${'x'.repeat(20)}`] },
  'tencent-secret-id': prefixed('AKID', ALNUM, 32),
  'yandex-api-key': { bad: [`AQVN${word(36)}`], good: [`AQVN${word(60)}`, `AQVN${'x'.repeat(36)}`] },
  'heroku-key': prefixed('HRKU-AA', ALNUM, 58),
  'cloudflare-origin-key': {
    bad: [`v1.0-${hex(24)}-${hex(146, 2)}`],
    good: [`v1.0-${hex(24)}`, `v1.0-${'0'.repeat(24)}-${'0'.repeat(146)}`],
  },
  'fly-token': prefixed('fo1_', ALNUM, 43),
  'netlify-token': prefixed('nfp_', ALNUM, 36),

  'github-token': {
    bad: [checkedToken('ghp_'), checkedToken('ghs_', 4)],
    good: [`ghp_${word(36)}`, `ghp_${'x'.repeat(36)}`],
  },
  'github-fine-grained-token': {
    bad: [`github_pat_${word(22)}_${word(59, 2)}`],
    good: [`github_pat_${word(22)}`, `github_pat_${'x'.repeat(22)}_${'x'.repeat(59)}`],
  },
  'gitlab-token': { bad: [`glpat-${word(20)}`], good: ['glpat-short', `glpat-${'x'.repeat(20)}`] },
  'gitlab-build-token': { bad: [`glptt-${hex(40)}`, `glrt-${word(20)}`], good: ['glrt-', `glptt-${'0'.repeat(40)}`] },
  'bitbucket-password': prefixed('ATBB', ALNUM, 32),
  'atlassian-token': { bad: [`ATATT3${word(186)}`], good: [`ATATT3${word(100)}`, `ATATT3${'x'.repeat(186)}`] },
  'npm-token': { bad: [checkedToken('npm_')], good: [`npm_${word(36)}`, 'npm_config_registry'] },
  'pypi-token': { bad: [`pypi-AgEIcHlwaS5vcmc${word(120)}`], good: ['pypi-AgEIcHlwaS5vcmc', `pypi-${word(40)}`] },
  'rubygems-key': prefixed('rubygems_', HEX, 48),
  'nuget-key': prefixed('oy2', TOKEN, 43),
  'crates-token': prefixed('cio', ALNUM, 32),
  'clojars-token': prefixed('CLOJARS_', TOKEN, 60),
  'docker-token': { bad: [`dckr_pat_${word(27)}`], good: ['dckr_pat_', `dckr_pat_${'x'.repeat(27)}`] },
  'artifactory-key': prefixed('AKCp', ALNUM, 69),

  'signing-password': {
    bad: ['storePassword=Kx7vTrq2', 'keyPassword "Kx7vTrq2"'.replace(' ', ' = ')],
    good: [
      'storePassword=System.getenv("STORE")',
      'key_password=self.key_password',
      'keyPassword=changeme',
      'keyPassword=',
    ],
  },
  'circleci-token': {
    bad: [`CCIPAT_${word(22)}_${hex(40)}`],
    good: [`CCIPAT_${word(22)}`, `CCIPAT_${'x'.repeat(22)}_${'0'.repeat(40)}`],
  },
  'vault-token': { bad: [`hvs.${word(95)}`], good: [`hvs.${word(20)}`, `hvs.${'x'.repeat(95)}`] },
  'terraform-token': {
    bad: [`${word(14)}.atlasv1.${word(67, 2)}`],
    good: [`.atlasv1.${word(67)}`, `${word(14)}.atlasv1.${'x'.repeat(67)}`],
  },
  'pulumi-token': prefixed('pul-', HEX, 40),
  'doppler-token': { bad: [`dp.pt.${word(43)}`], good: ['dp.pt.short', `dp.pt.${'x'.repeat(43)}`] },
  'sonar-token': prefixed('squ_', HEX, 40),
  'postman-key': {
    bad: [`PMAK-${hex(24)}-${hex(34, 2)}`],
    good: [`PMAK-${hex(24)}`, `PMAK-${'0'.repeat(24)}-${'0'.repeat(34)}`],
  },
  'databricks-token': prefixed('dapi', HEX, 32),

  'stripe-live-key': {
    bad: [`sk_live_${word(24)}`, `rk_live_${word(99)}`],
    good: ['sk_live_', `sk_live_${'x'.repeat(24)}`],
  },
  'stripe-test-key': {
    bad: [`sk_test_${word(24)}`],
    good: [['sk_test_4eC39HqLyjWDar', 'jtT1zdp7dc'].join(''), `sk_test_${'x'.repeat(24)}`],
  },
  'stripe-webhook-secret': { bad: [`whsec_${word(32)}`], good: ['whsec_', `whsec_${'x'.repeat(32)}`] },
  'square-secret': prefixed('sq0csp-', ALNUM, 43),
  'square-token': prefixed('sq0atp-', ALNUM, 22),
  'braintree-token': {
    bad: [`access_token$production$${chars(TOKEN, 16)}$${hex(32)}`],
    good: [`access_token$sandbox$${chars(TOKEN, 16)}$${hex(32)}`, 'access_token$production$'],
  },
  'plaid-token': { bad: [`access-production-${uuid()}`], good: [`access-sandbox-${uuid()}`, 'access-production-'] },
  'flutterwave-key': {
    bad: [`FLWSECK-${word(32)}-X`],
    good: [`FLWSECK_TEST-${word(32)}-X`, `FLWSECK-${'x'.repeat(32)}-X`],
  },
  'duffel-token': {
    bad: [`duffel_live_${word(43)}`],
    good: [`duffel_test_${word(43)}`, `duffel_live_${'x'.repeat(43)}`],
  },
  'shippo-token': {
    bad: [`shippo_live_${hex(40)}`],
    good: [`shippo_test_${hex(40)}`, `shippo_live_${'0'.repeat(40)}`],
  },
  'easypost-key': prefixed('EZAK', ALNUM, 54),
  'shopify-token': prefixed('shpat_', HEX, 32),

  'slack-token': {
    bad: [`xoxb-${chars(DIGITS, 12, 3)}-${chars(DIGITS, 12, 4)}-${word(24)}`],
    good: ['xoxb-', 'xoxb-1-aaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  },
  'slack-app-token': {
    bad: [`xapp-1-A${chars(BASE32, 10)}-${chars(DIGITS, 13, 3)}-${hex(64)}`],
    good: ['xapp-1-', `xapp-1-A${chars(BASE32, 10)}-${chars(DIGITS, 13, 3)}-${'0'.repeat(64)}`],
  },
  'slack-webhook': {
    bad: [`https://hooks.slack.com/services/T${chars(BASE32, 8)}/B${chars(BASE32, 8)}/${word(24)}`],
    good: [
      'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
      'https://hooks.slack.com/services/',
    ],
  },
  'discord-webhook': {
    bad: [`https://discord.com/api/webhooks/${chars(DIGITS, 18, 3)}/${word(68)}`],
    good: [
      'https://discord.com/api/webhooks/',
      `https://discord.com/api/webhooks/${chars(DIGITS, 18, 3)}/${'x'.repeat(68)}`,
    ],
  },
  'discord-bot-token': {
    bad: [`discord_token = "${base64(Buffer.from('918273645546372819'))}.${word(6)}.${word(38)}"`],
    // The first part is no number.
    good: [`discord_token = "${word(24)}.${word(6)}.${word(38)}"`],
  },
  'teams-webhook': {
    bad: [`https://acme.webhook.office.com/webhookb2/${uuid(1)}@${uuid(2)}/IncomingWebhook/${hex(32)}/${uuid(3)}`],
    good: [
      'https://acme.webhook.office.com/webhookb2/',
      `https://acme.webhook.office.com/webhookb2/${uuid(1)}@${uuid(2)}/IncomingWebhook/`,
    ],
  },
  'telegram-bot-token': {
    bad: [
      `${chars('123456789', 10, 3)}:AA${word(33)}`,
      `https://api.telegram.org/bot${chars('123456789', 9, 3)}:AA${word(33)}/sendMessage`,
    ],
    good: [`12:AA${word(33)}`, `${chars('123456789', 10, 3)}:AA${'x'.repeat(33)}`],
  },
  'twilio-api-key': { bad: [`SK${hex(32)}`], good: [`sk${hex(32)}`, `TASK${hex(32)}`, `SK${'0'.repeat(32)}`] },
  'twilio-auth-token': named('twilio_auth_token', hex(32)),
  'sendgrid-key': {
    bad: [`SG.${word(22)}.${word(43, 2)}`],
    good: [`SG.${word(22)}`, `SG.${'x'.repeat(22)}.${'x'.repeat(43)}`],
  },
  'mailgun-key': named('mailgun_key', `key-${hex(32)}`),
  'mailchimp-key': { bad: [`${hex(32)}-us14`], good: [`${hex(32)}-eu14`, `${'0'.repeat(32)}-us14`, 'en-us14'] },
  'brevo-key': {
    bad: [`xkeysib-${hex(64)}-${word(16)}`],
    good: ['xkeysib-', `xkeysib-${'0'.repeat(64)}-${'x'.repeat(16)}`],
  },
  'resend-key': {
    bad: [`re_${word(8)}_${word(24)}`],
    good: [`re_${word(8)}`, `re_${'x'.repeat(8)}_${'x'.repeat(24)}`],
  },
  'onesignal-key': {
    bad: [`os_v2_app_${chars(`${LOWER}234567`, 103)}`],
    good: ['os_v2_app_', `os_v2_app_${'a'.repeat(103)}`],
  },
  'facebook-token': {
    bad: [`EAACEdEose0cBA${word(140)}`],
    good: ['EAACEdEose0cBA', `EAA${'A'.repeat(140)}`, `EAA${chars(BASE64, 140)}`],
  },
  'facebook-app-secret': named('facebook_app_secret', hex(32), 'facebook_app_id'),
  'twitter-bearer-token': {
    bad: [`${'A'.repeat(22)}${word(40)}%2B${word(40, 2)}%3D${word(10, 3)}`],
    good: [`${'A'.repeat(22)}${word(90)}`, 'A'.repeat(120)],
  },

  'openai-key': {
    bad: [`sk-${word(20)}T3BlbkFJ${word(20, 2)}`, `sk-proj-${word(74)}T3BlbkFJ${word(74, 2)}`],
    good: [`sk-${word(48)}`, `sk-${'x'.repeat(20)}T3BlbkFJ${'x'.repeat(20)}`],
  },
  'anthropic-key': {
    bad: [`sk-ant-api03-${word(93)}AA`],
    good: [`sk-ant-api03-${word(40)}`, `sk-ant-api03-${'x'.repeat(93)}AA`],
  },
  'openrouter-key': prefixed('sk-or-v1-', HEX, 64),
  'huggingface-token': prefixed('hf_', UPPER + LOWER, 34),
  'replicate-token': prefixed('r8_', ALNUM, 37),
  'groq-key': prefixed('gsk_', ALNUM, 52),
  'perplexity-key': prefixed('pplx-', ALNUM, 48),
  'xai-key': prefixed('xai-', ALNUM, 80),
  'elevenlabs-key': prefixed('sk_', HEX, 48),
  'nvidia-key': prefixed('nvapi-', ALNUM, 64),
  'pinecone-key': { bad: [`pcsk_${word(6)}_${word(63)}`], good: ['pcsk_', `pcsk_${'x'.repeat(6)}_${'x'.repeat(63)}`] },
  'langsmith-key': {
    bad: [`lsv2_pt_${hex(32)}_${hex(10)}`],
    good: ['lsv2_pt_', `lsv2_pt_${'0'.repeat(32)}_${'0'.repeat(10)}`],
  },

  'sentry-token': {
    bad: [`sntryu_${hex(64)}`, `sntrys_eyJ${word(120)}`],
    // Where reports go to: public.
    good: [`https://${hex(32)}@o12345.ingest.sentry.io/678`, `sntryu_${'0'.repeat(64)}`],
  },
  'newrelic-key': prefixed('NRAK-', UPPER + DIGITS, 27),
  'grafana-token': { bad: [`glsa_${word(32)}_${hex(8)}`], good: ['glsa_', `glsa_${'x'.repeat(32)}_${'0'.repeat(8)}`] },
  'dynatrace-token': {
    bad: [`dt0c01.${chars(UPPER + DIGITS, 24)}.${chars(UPPER + DIGITS, 64, 2)}`],
    good: ['dt0c01.', `dt0c01.${'X'.repeat(24)}.${'X'.repeat(64)}`],
  },
  'launchdarkly-key': { bad: [`sdk-${uuid()}`], good: [`mob-${uuid()}`, 'sdk-00000000-0000-4000-8000-000000000000'] },
  'mapbox-secret-token': {
    bad: [`sk.eyJ${word(80)}.${word(22)}`],
    good: ['sk.eyJ', `sk.eyJ${'x'.repeat(80)}.${'x'.repeat(22)}`],
  },
  'contentful-token': prefixed('CFPAT-', ALNUM, 43),
  'hubspot-token': { bad: [`pat-na1-${uuid()}`], good: ['pat-na1-', 'pat-na1-00000000-0000-0000-0000-000000000000'] },
  'linear-key': { bad: [`lin_api_${word(40)}`], good: ['lin_api_', `lin_api_${'x'.repeat(40)}`] },
  'notion-token': { bad: [`ntn_${chars('123456789', 11, 3)}${word(35)}`], good: ['ntn_', `ntn_${'0'.repeat(46)}`] },
  'figma-token': prefixed('figd_', ALNUM, 40),
  'typeform-token': { bad: [`tfp_${word(59)}`], good: ['tfp_', `tfp_${'x'.repeat(59)}`] },

  'google-api-key': prefixed('AIza', ALNUM, 35),
  'firebase-database': {
    bad: ['https://acme-shop.firebaseio.com', 'https://acme-shop.europe-west1.firebasedatabase.app/orders'],
    good: ['https://firebaseio.com', 'https://acme-shop.web.app'],
  },
  'aws-cognito-pool': { bad: [`us-east-1:${uuid()}`], good: ['us-east-1', `us-east-1_${word(9)}`] },
  'mapbox-public-token': {
    bad: [`pk.eyJ${word(80)}.${word(22)}`],
    good: ['pk.eyJ', `pk.eyJ${'x'.repeat(80)}.${'x'.repeat(22)}`],
  },
  'stripe-publishable-key': { bad: [`pk_live_${word(24)}`], good: ['pk_live_', `pk_test_${'x'.repeat(24)}`] },

  'postgres-url': address('postgres://'),
  'mysql-url': address('mysql://'),
  'mongodb-url': address('mongodb+srv://'),
  'redis-url': address('rediss://'),
  'message-queue-url': address('amqps://'),
  'mail-url': address('smtps://'),
  'file-server-url': address('ftp://'),
  'web-url-password': address('https://'),
  'connection-string': {
    bad: [`Server=tcp:db.acme-shop.com,1433;Initial Catalog=shop;User ID=app;Password=${word(14, 5)};`],
    good: [
      'Server=tcp:db.acme-shop.com,1433;Initial Catalog=shop;User ID=app;Password=your_password;',
      `Server=localhost;Database=shop;User ID=app;Password=${word(14, 5)};`,
    ],
  },
  'jdbc-url': {
    bad: [`jdbc:mysql://db.acme-shop.com:3306/shop?user=app&password=${word(14, 5)}`],
    good: [
      `jdbc:mysql://localhost:3306/shop?user=app&password=${word(14, 5)}`,
      'jdbc:mysql://db.acme-shop.com/shop?user=app&password=${pw}',
    ],
  },
  'planetscale-token': { bad: [`pscale_tkn_${word(43)}`], good: ['pscale_tkn_', `pscale_pw_${'x'.repeat(43)}`] },
  'supabase-token': {
    bad: [`sbp_${hex(40)}`, `sb_secret_${word(22)}_${word(8)}`],
    good: [`sb_publishable_${word(22)}_${word(8)}`, `sbp_${'0'.repeat(40)}`],
  },

  'private-key': block('PRIVATE KEY', KEYS.pkcs8),
  'rsa-private-key': block('RSA PRIVATE KEY', KEYS.pkcs1),
  'ec-private-key': block('EC PRIVATE KEY', KEYS.sec1),
  'dsa-private-key': block('DSA PRIVATE KEY', KEYS.dsa),
  'openssh-private-key': block('OPENSSH PRIVATE KEY', KEYS.openssh),
  'encrypted-private-key': block('ENCRYPTED PRIVATE KEY', KEYS.encrypted),
  'pgp-private-key': {
    bad: [`-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\nlQOY${word(60)}\n`],
    good: ['-----BEGIN PGP PRIVATE KEY BLOCK-----', `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nmQOY${word(60)}\n`],
  },
  'putty-private-key': {
    bad: ['PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: a\n'],
    good: ['PuTTY-User-Key-File-', 'PuTTY-User-Key-File-2: '],
  },
  'bare-private-key': {
    bad: [base64(KEYS.pkcs8), base64(KEYS.sec1)],
    // A certificate begins alike and goes on otherwise.
    good: [`MIIEvzCCA6eg${word(600)}`, `MIIE${'A'.repeat(600)}`],
  },
  'json-web-key': {
    bad: [`{"kty":"EC","crv":"P-256","x":"${word(43, 1)}","y":"${word(43, 2)}","d":"${word(43, 3)}"}`],
    good: [`{"kty":"EC","crv":"P-256","x":"${word(43, 1)}","y":"${word(43, 2)}"}`],
  },
  'age-key': prefixed('AGE-SECRET-KEY-1', 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58),
  'wallet-key': {
    bad: [`xprv9${word(106).replace(/[0OIl]/g, 'x')}`],
    good: [`xpub6${word(106).replace(/[0OIl]/g, 'x')}`, `xprv9${'x'.repeat(106)}`],
  },

  'supabase-service-key': {
    bad: [jsonWebToken({ iss: 'supabase', role: 'service_role', exp: 2_000_000_000 })],
    good: [jsonWebToken({ iss: 'supabase', role: 'anon', exp: 2_000_000_000 })],
  },
  'json-web-token': {
    bad: [
      jsonWebToken({ iss: 'acme', sub: '42' }),
      `Authorization: ${jsonWebToken({ iss: 'acme', exp: 2_000_000_000 })}`,
    ],
    good: [
      jsonWebToken({ sub: '1234567890', name: 'John Doe' }),
      `eyJ${word(40)}.eyJ${word(40)}.${word(43)}`,
      jsonWebToken({ sub: '42' }, 'none'),
    ],
  },
  'basic-authorization': {
    bad: [`Basic ${base64(Buffer.from(`acme:${word(14)}`))}`],
    good: [
      'Basic authentication',
      'Basic realm="acme"',
      `Basic ${base64(Buffer.from('user:password'))}`,
      `Basic ${word(40)}`,
    ],
  },
  'bearer-authorization': {
    bad: [`Authorization: Bearer ${word(40)}`],
    good: ['Bearer ', 'Bearer %s', 'Bearer token_of_the_user_goes_here', `Bearer ${'x'.repeat(40)}`],
  },

  'encryption-key': named('encryption_key', hex(32), 'encryption_name'),
  'client-secret': named('client_secret', word(32), 'client_id'),
  'secret-key': named('secretKey', word(40), 'publicName'),
  'access-token': named('access_token', word(40), 'access_level'),
  'api-key': {
    bad: [`api_key = "${word(32)}"`, `<string name="weather_api_key">${hex(32)}</string>`],
    good: [
      'api_key = "com.example.app.API_KEY_NAME_OF_IT"',
      'apiKey = "theNameOfAnotherThingInTheApp"',
      `api_key = "${uuid()}"`,
      'api_key = "YOUR_API_KEY_GOES_HERE_1234"',
    ],
  },
  password: {
    bad: ['db_password = "Kx7vTrq2!z"'],
    good: [
      'password = "Passwort vergessen"',
      'password_hint = "Enter8characters"',
      'password:e.password1',
      'password = "@string/a1b2c3"',
      ...NO_SECRETS,
    ],
  },
};
