import type { AppLibrary } from '@vedette/contracts';
import type { IosApp, IosBundle } from '@vedette/program';
import { shorten } from '../evidence.ts';
import type { LibraryCategory } from './library-row.ts';

/** What frameworks are for, by the name that their makers ship them under. Sources: the makers' own documentation of how to add them to an app. */
const BY_NAME: readonly (readonly [RegExp, LibraryCategory])[] = [
  [
    /^(?:FirebaseCrashlytics|Crashlytics|Sentry|Bugsnag|Instabug\w*|Raygun|NewRelic|DatadogCrash\w*)$/,
    'crash-reporting',
  ],
  [
    /^(?:FirebaseAnalytics|GoogleAppMeasurement\w*|Amplitude\w*|Mixpanel\w*|Segment\w*|Flurry\w*|Heap|Localytics|AppCenterAnalytics|PostHog)$/,
    'analytics',
  ],
  [/^(?:AppsFlyer\w*|Adjust\w*|Branch|BranchSDK|Kochava\w*|Singular\w*|Tenjin\w*)$/, 'attribution'],
  [
    /^(?:GoogleMobileAds|FBAudienceNetwork|UnityAds|AppLovinSDK|IronSource|ChartboostSDK|VungleAdsSDK|InMobiSDK|MoPub\w*|PAGAdSDK|StartApp)$/,
    'advertising',
  ],
  [/^(?:FBSDK\w*|TwitterKit|LineSDK|VK_ios_sdk)$/, 'social'],
  [/^(?:GoogleSignIn|AppAuth|MSAL|Auth0|Okta\w*|Lock)$/, 'identity'],
  [/^(?:Stripe\w*|Braintree\w*|Adyen\w*|PayPal\w*)$/, 'payment'],
  [/^(?:OneSignal\w*|FirebaseMessaging|AirshipCore|Urban\w*|Batch|Leanplum)$/, 'push'],
  [/^(?:Alamofire|AFNetworking|Moya|Starscream|SocketRocket|GRPC\w*|Apollo)$/, 'networking'],
  [/^(?:CryptoSwift|OpenSSL|openssl|libsodium|Sodium|CommonCryptoSwift|BoringSSL\w*|openssl_grpc)$/, 'crypto'],
  [/^(?:IOSSecuritySuite|TrustKit|Appdome\w*|TalsecRuntime|FreeRASP)$/, 'security'],
  [/^(?:RealmSwift|Realm|FMDB|GRDB|SQLCipher|MMKV)$/, 'storage'],
  [/^(?:SDWebImage\w*|Kingfisher|Nuke|YYImage|PINRemoteImage|libwebp|WebP)$/, 'image'],
  [/^(?:ffmpeg\w*|MobileVLCKit|IJKMediaFramework|libav\w+)$/i, 'media'],
  [/^(?:Mapbox\w*|GoogleMaps\w*|HereSDK)$/, 'maps'],
  [/^(?:Intercom|ZendeskCoreSDK|SupportSDK|Freshchat\w*)$/, 'chat'],
  [/^(?:UnityFramework|Godot)$/, 'engine'],
  [/^(?:Flutter|React|React_\w+|hermes|Cordova|Capacitor|TNSWidgets|NativeScript|Xamarin\w*)$/, 'framework'],
  [/^(?:Lottie|SnapKit|MBProgressHUD|IQKeyboardManager\w*|Masonry)$/, 'interface'],
  [/^(?:libswift\w+|Swift\w+Support)$/, 'language'],
  [/^(?:SwiftyJSON|ObjectMapper|Protobuf|SwiftProtobuf|FlatBuffers|JSONModel)$/, 'serialisation'],
  [/^(?:CocoaLumberjack\w*|SwiftyBeaver|XCGLogger)$/, 'logging'],
  [/^(?:TensorFlowLite\w*|MLKit\w*|onnxruntime\w*)$/, 'machine-learning'],
];

/**
 * Frameworks and dynamic libraries inside an iOS app, by name, with the version that a framework's own Info.plist states. What was linked into the executable is not in it.
 * Bundle ids of CocoaPods (`org.cocoapods.<name>`) name the pod.
 */
export function iosLibraries({ nested, binaries }: IosApp): readonly AppLibrary[] {
  const frameworks = nested.filter(({ kind }) => kind === 'framework').map(ofFramework);
  const known = new Set(frameworks.map(({ name }) => name));
  const loose = binaries
    .filter(({ path, role }) => role === 'library' && path.endsWith('.dylib'))
    .map(({ path }): AppLibrary => {
      const name = path.slice(path.lastIndexOf('/') + 1, -'.dylib'.length);
      return { name, purl: null, version: null, category: categoryOf(name), evidence: shorten(path), how: 'native' };
    })
    .filter(({ name }) => !known.has(name));
  const byName = new Map([...loose, ...frameworks].map((library) => [library.name, library]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function ofFramework({ path, version, bundleId }: IosBundle): AppLibrary {
  const folder = path.replace(/\/$/, '');
  const name = folder.slice(folder.lastIndexOf('/') + 1).replace(/\.framework$/, '');
  const pod = /^org\.cocoapods\.([\w.+-]+)$/.exec(bundleId ?? '')?.[1];
  const stated = version !== null && /^\d[\w.+-]{0,63}$/.test(version) ? version : null;
  const at = stated === null ? '' : `@${encodeURIComponent(stated)}`;
  return {
    name: shorten(name),
    purl: pod === undefined ? null : `pkg:cocoapods/${encodeURIComponent(pod)}${at}`,
    version: stated,
    category: categoryOf(name),
    evidence: shorten(path),
    how: stated === null && pod === undefined ? 'native' : 'metadata',
  };
}

function categoryOf(name: string): LibraryCategory {
  return BY_NAME.find(([shape]) => shape.test(name))?.[1] ?? 'other';
}
