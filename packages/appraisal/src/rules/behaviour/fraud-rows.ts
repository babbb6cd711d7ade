import { CALLS } from '../../call-groups.ts';
import { BOOT, LIVE, LOADS_PAGE, ONLINE, OPENS_WINDOW, SENDS_SMS, STARTS_ACTIVITY } from './behaviour-parts.ts';
import type { BehaviourRow } from './behaviour-rule.ts';

const MOBILE_NETWORK = [
  { class: 'android.net.ConnectivityManager', name: 'requestNetwork' },
  { class: 'android.net.ConnectivityManager', name: 'bindProcessToNetwork' },
  { class: 'android.net.ConnectivityManager', name: 'setProcessDefaultNetwork' },
  { class: 'android.net.wifi.WifiManager', name: 'setWifiEnabled' },
];

/** Making money at the owner's cost. */
export const FRAUD_ROWS: readonly BehaviourRow[] = [
  {
    name: 'billing-by-carrier',
    title:
      'One class, with what it calls, asks for the carrier, moves the phone to the mobile network and drives a web page',
    why: 'Subscriptions that the phone bill pays for are confirmed on pages that only the mobile network shows. Apps of carriers have the same parts.',
    remedy: 'Have third-party charges blocked by the carrier, and look at the last bills.',
    severity: 'high',
    malice: { base: 28 },
    classes: ['toll-fraud'],
    mappings: { masvs: ['MASVS-PLATFORM-2'], attack: ['T1643', 'T1422'] },
    asks: ONLINE,
    parts: [
      {
        calls: [
          { class: 'android.telephony.TelephonyManager', name: 'getSimOperator' },
          { class: 'android.telephony.TelephonyManager', name: 'getNetworkOperator' },
          { class: 'android.telephony.TelephonyManager', name: 'getSimOperatorName' },
        ],
        note: 'asks for the carrier',
      },
      { calls: MOBILE_NETWORK, note: 'moves to the mobile network' },
      LOADS_PAGE,
    ],
  },
  {
    name: 'page-clicked',
    title: 'One class, with what it calls, runs a script in a web page that clicks, and repeats things by the clock',
    why: 'Advertisements and subscriptions are clicked without the owner. Test tools have the same parts.',
    remedy: 'Have the app explained; look for charges on the phone bill.',
    severity: 'high',
    malice: { base: 22 },
    classes: ['click-fraud', 'toll-fraud'],
    mappings: { masvs: ['MASVS-PLATFORM-2'], attack: ['T1643'] },
    asks: ONLINE,
    parts: [
      LOADS_PAGE,
      {
        pattern: { shape: /\.click\(\)|\.submit\(\)/, samples: ["javascript:document.getElementById('x').click()"] },
        note: 'a script that clicks',
      },
      {
        calls: [
          { class: 'java.util.Timer', name: 'schedule' },
          { class: 'java.util.Timer', name: 'scheduleAtFixedRate' },
          { class: 'android.os.Handler', name: 'postDelayed' },
          { class: 'android.app.AlarmManager', name: 'setRepeating' },
          { class: 'android.app.AlarmManager', name: 'setInexactRepeating' },
        ],
        note: 'repeats by the clock',
      },
    ],
  },
  {
    name: 'advertising-outside',
    title:
      'One class, with what it calls, notices that the owner unlocks the phone, and shows an advertisement or opens a page',
    why: 'Advertisements appear outside the app, so that nobody knows where they come from. Stores forbid it.',
    remedy: 'Take the permission to draw over other apps away, or remove the app.',
    severity: 'medium',
    malice: { base: 22 },
    classes: ['adware'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1643', 'T1624.001'] },
    asks: ONLINE,
    parts: [
      {
        strings: ['android.intent.action.USER_PRESENT', 'android.intent.action.SCREEN_ON'],
        note: 'notices that the phone is unlocked',
      },
      {
        calls: [
          { class: 'com.google.android.gms.ads.interstitial.InterstitialAd', name: 'show' },
          { class: 'com.google.android.gms.ads.InterstitialAd', name: 'show' },
          { class: 'com.google.android.gms.ads.interstitial.InterstitialAd', name: 'load' },
          { class: 'com.facebook.ads.InterstitialAd', name: 'show' },
          { class: 'com.facebook.ads.InterstitialAd', name: 'loadAd' },
          { class: 'com.unity3d.ads.UnityAds', name: 'show' },
          { class: 'com.applovin.mediation.ads.MaxInterstitialAd', name: 'showAd' },
          { class: 'com.ironsource.mediationsdk.IronSource', name: 'showInterstitial' },
          { class: 'com.startapp.sdk.adsbase.StartAppAd', name: 'showAd' },
          { class: 'com.mopub.mobileads.MoPubInterstitial', name: 'show' },
        ],
        note: 'shows an advertisement',
      },
    ],
  },
  {
    name: 'windows-on-unlock',
    title:
      'One class, with what it calls, notices that the owner unlocks the phone, and lays a window with a web page over everything',
    why: 'Advertisements or false notices cover the screen. Lock screens of other makers have windows, but no web pages from outside.',
    remedy: 'Take the permission to draw over other apps away.',
    severity: 'medium',
    malice: { base: 16 },
    classes: ['adware'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1643'] },
    asks: ['INTERNET', 'SYSTEM_ALERT_WINDOW'],
    parts: [
      {
        strings: ['android.intent.action.USER_PRESENT', 'android.intent.action.SCREEN_ON'],
        note: 'notices that the phone is unlocked',
      },
      OPENS_WINDOW,
      LOADS_PAGE,
    ],
  },
  {
    name: 'premium-calls',
    title: 'One class, with what it calls, holds a premium number and the action that dials',
    why: 'Such calls cost by the minute. A number that is fixed in the code was not chosen by the owner.',
    remedy: 'Have premium numbers blocked by the carrier.',
    severity: 'high',
    malice: { base: 16 },
    classes: ['toll-fraud'],
    mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1616', 'T1643'] },
    asks: ['CALL_PHONE'],
    parts: [
      {
        pattern: {
          shape: /^(?:tel:)?(?:\+?\d{1,3})?(?:0?900|0190|118\d{2}|1-?900|0?909|0?8(?:98|99))[ -]?\d{4,9}$/,
          samples: ['tel:0900123456'],
        },
        note: 'a number of a premium service',
      },
      { strings: ['android.intent.action.CALL'], note: 'dials without asking' },
    ],
  },
  {
    name: 'service-codes-dialled',
    title: 'One class, with what it calls, holds a service code of the network, and dials',
    why: 'Such codes change diversions, move credit or unlock functions. Apps of carriers use them openly.',
    remedy: 'Refuse the permission to call.',
    severity: 'medium',
    malice: { base: 8 },
    classes: ['toll-fraud', 'trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1616'] },
    asks: ['CALL_PHONE'],
    parts: [
      {
        pattern: { shape: /^(?:tel:)?[*#]\d[\d*]*(?:#|%23|\*)$/, samples: ['*123*4#'] },
        note: 'a service code of the network',
      },
      {
        strings: ['android.intent.action.CALL'],
        calls: [{ class: 'android.telephony.TelephonyManager', name: 'sendUssdRequest' }],
        note: 'dials without asking',
      },
    ],
  },
  {
    name: 'messages-to-contacts',
    title:
      'One class, with what it calls, reads phone numbers of contacts and sends text messages that hold a web address',
    why: 'Worms spread in this way, in the name of the owner. Apps for group messages send what the owner wrote.',
    remedy: 'Remove the app, and warn the contacts.',
    severity: 'high',
    malice: { base: 20 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1582', 'T1636.003'] },
    asks: ['READ_CONTACTS', 'SEND_SMS'],
    parts: [
      {
        fields: [{ class: 'android.provider.ContactsContract$CommonDataKinds$Phone', name: 'CONTENT_URI' }],
        strings: ['content://com.android.contacts/data/phones', 'content://com.android.contacts/contacts', 'data1'],
        note: 'reads phone numbers of contacts',
      },
      SENDS_SMS,
      { pattern: { shape: /https?:\/\/[^/\s]+/, samples: ['Look: http://photos.test/x'] }, note: 'a web address' },
    ],
  },
  {
    name: 'addresses-exchanged',
    title:
      'One class, with what it calls, knows what addresses of a currency look like, watches the clipboard and writes to it',
    why: 'A payment address that was copied is exchanged for that of a thief. Wallets read the clipboard when asked, and do not watch it.',
    remedy: 'Compare addresses after pasting; remove the app.',
    severity: 'critical',
    malice: { base: 36 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1414', 'T1641.001'] },
    parts: [
      {
        pattern: {
          shape: /(?:bc1|\[13\])[^"]{0,40}\{2\d,\d\d\}|0x[^"]{0,10}\[[a-fA-F0-9-]{3,}\]\{40\}|T\[[\w-]+\]\{33\}/,
          samples: ['^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,39}$', '^0x[a-fA-F0-9]{40}$'],
        },
        note: 'a pattern of payment addresses',
      },
      {
        calls: [{ class: 'android.content.ClipboardManager', name: 'addPrimaryClipChangedListener' }],
        note: 'watches the clipboard',
      },
      {
        calls: [
          { class: 'android.content.ClipboardManager', name: 'setPrimaryClip' },
          { class: 'android.content.ClipboardManager', name: 'setText' },
        ],
        note: 'replaces the content',
      },
    ],
  },
  {
    name: 'mining-started',
    title: 'The app names a mining pool, and runs a program or a library of its own',
    why: 'Mining empties the battery for somebody else’s profit. Apps that only watch a pool ask it over the web.',
    remedy: 'Remove the app if the owner did not install it to mine.',
    severity: 'high',
    malice: { base: 16 },
    classes: ['riskware'],
    mappings: {},
    asks: ONLINE,
    near: 'app',
    parts: [
      {
        pattern: { shape: /^stratum\d?\+(?:tcp|ssl|tls|udp):\/\//, samples: ['stratum+tcp://pool.test:3333'] },
        note: 'the address of a mining pool',
      },
      {
        calls: [
          { class: 'java.lang.System', name: 'loadLibrary' },
          { class: 'java.lang.System', name: 'load' },
          { class: 'java.lang.Runtime', name: 'exec' },
          { class: 'java.lang.ProcessBuilder', name: 'start' },
        ],
        note: 'runs a program or a library',
      },
    ],
  },
  {
    name: 'mining-hidden',
    title: 'The app names a mining pool, starts with the phone, and can take its icon away',
    why: 'Who mines for himself has no need to hide. So this works for somebody else.',
    remedy: 'Remove the app.',
    severity: 'high',
    malice: { base: 22 },
    classes: ['riskware', 'trojan'],
    mappings: { attack: ['T1628.001', 'T1624.001'] },
    asks: ONLINE,
    handles: BOOT,
    near: 'app',
    parts: [
      {
        pattern: { shape: /^stratum\d?\+(?:tcp|ssl|tls|udp):\/\//, samples: ['stratum+tcp://pool.test:3333'] },
        note: 'the address of a mining pool',
      },
      { calls: CALLS.switchesComponents, note: 'can take the icon away' },
    ],
  },
  {
    name: 'card-read-and-sent',
    title: 'One class, with what it calls, talks to a payment card and keeps a network connection',
    why: 'A card in the owner’s pocket pays at a till that is far away. Terminals of shops talk to cards, and to their bank by an app of the bank’s.',
    remedy: 'Do not hold cards to the phone for this app.',
    severity: 'high',
    malice: { base: 24 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-1'] },
    asks: ['NFC', 'INTERNET'],
    parts: [{ calls: [{ class: 'android.nfc.tech.IsoDep', name: 'transceive' }], note: 'talks to a card' }, LIVE],
  },
  {
    name: 'mining-page',
    title: 'One class, with what it calls, loads a web page with a script that mines',
    why: 'The page works for somebody else as long as it is open, seen or not.',
    remedy: 'Remove the app.',
    severity: 'high',
    malice: { base: 20 },
    classes: ['riskware'],
    mappings: {},
    asks: ONLINE,
    parts: [
      {
        pattern: {
          shape:
            /coinhive\.min\.js|CoinHive\.(?:Anonymous|User)|coin-hive\.com|cryptoloot|crypto-loot|coinimp|webmine(?:pool)?\./i,
          samples: ['new CoinHive.Anonymous('],
        },
        note: 'names a script that mines',
      },
      {
        calls: [
          ...(LOADS_PAGE.calls ?? []),
          { class: 'android.webkit.WebView', name: 'loadData', inherited: true },
          { class: 'android.webkit.WebView', name: 'loadDataWithBaseURL', inherited: true },
        ],
        note: 'loads a page',
      },
    ],
  },
  {
    name: 'payment-page-opened',
    title: 'One class, with what it calls, asks for the carrier and opens a page that starts a text message or a call',
    why: 'The message or call is prepared so that one touch costs money. Apps that share by text message do not ask for the carrier.',
    remedy: 'Look at whom the message goes to before sending.',
    severity: 'low',
    malice: { base: 4 },
    classes: ['toll-fraud'],
    mappings: { attack: ['T1643'] },
    parts: [
      {
        calls: [
          { class: 'android.telephony.TelephonyManager', name: 'getSimOperator' },
          { class: 'android.telephony.TelephonyManager', name: 'getSimCountryIso' },
        ],
        note: 'asks for the carrier or country',
      },
      {
        pattern: { shape: /^(?:smsto|sms|tel):\+?\d{3,}/, samples: ['smsto:12345'] },
        note: 'a number that is fixed in the code',
      },
      STARTS_ACTIVITY,
    ],
  },
];
