import type { AppSigner, Diagnostic } from '@vedette/contracts';
import type {
  CodeSignature,
  CodeSignatureVerdict,
  MachOFile,
  PlistDictionary,
  ProvisioningProfile,
  SigningIssue,
  SigningState,
} from '@vedette/formats';

/** An iOS app as installed from an IPA: the app's bundle, what is nested in it, its code and who signed it. */
export interface IosApp {
  readonly platform: 'ios';
  /** Folder of the app in the archive with a slash at its end, e.g. `Payload/Shop.app/`. */
  readonly root: string;
  /** Other `Payload/*.app/` folders: an installer takes one, so they are not read. */
  readonly otherApps: readonly string[];
  readonly main: IosBundle;
  /** Frameworks, extensions, watch apps and app clips inside of `main`, by path. */
  readonly nested: readonly IosBundle[];
  /** Every Mach-O file found by its content, by path, those of `main` and `nested` among them. */
  readonly binaries: readonly IosBinary[];
  /** Libraries of the bundle that its own code loads and that are no framework's executable. */
  readonly injectedLibraries: readonly InjectedLibrary[];
  readonly profile: ProvisioningProfile | null;
  /** Of the main executable, as its signature has them: DER where it is there, else XML; null without. */
  readonly entitlements: PlistDictionary | null;
  readonly signing: IosSigning;
  /** The leaf certificate of the main executable's signature, as appraisals list it; empty for ad-hoc and none. */
  readonly signers: readonly AppSigner[];
  readonly diagnostics: readonly Diagnostic[];
}

export type IosBundleKind = 'app' | 'framework' | 'extension' | 'watch-app' | 'app-clip' | 'xpc-service' | 'bundle';

export interface IosBundle {
  readonly kind: IosBundleKind;
  /** Folder in the archive with a slash at its end. */
  readonly path: string;
  /** Info.plist as the platform reads it; null when it is missing or unreadable. */
  readonly info: PlistDictionary | null;
  readonly bundleId: string | null;
  readonly name: string | null;
  /** CFBundleShortVersionString and CFBundleVersion. */
  readonly version: string | null;
  readonly build: string | null;
  /** Path of the executable in the archive as Info.plist names it, whether it is there or not; null when it names none. */
  readonly executable: string | null;
  readonly minimumOs: string | null;
  /** 1 iPhone, 2 iPad, 4 watch. */
  readonly deviceFamilies: readonly number[];
  /** Schemes of URLs that the app opens, and those it asks the platform about. */
  readonly urlSchemes: readonly string[];
  readonly queriedSchemes: readonly string[];
  readonly transportSecurity: TransportSecurity;
  /** What the user is told on being asked for a permission, by key, e.g. `NSCameraUsageDescription`. */
  readonly usageDescriptions: ReadonlyMap<string, string>;
  readonly backgroundModes: readonly string[];
  /** `NSExtensionPointIdentifier` of an extension. */
  readonly extensionPoint: string | null;
  readonly fileSharing: boolean;
  readonly signing: IosBundleSigning;
}

/** NSAppTransportSecurity. Null: not written, the platform's default (false) applies. */
export interface TransportSecurity {
  readonly allowsArbitraryLoads: boolean | null;
  readonly allowsArbitraryLoadsInWebContent: boolean | null;
  readonly allowsArbitraryLoadsForMedia: boolean | null;
  readonly allowsLocalNetworking: boolean | null;
  readonly exceptions: readonly {
    readonly domain: string;
    readonly includesSubdomains: boolean;
    readonly allowsInsecureLoads: boolean;
    readonly minimumTls: string | null;
    readonly requiresForwardSecrecy: boolean | null;
  }[];
  readonly pinnedDomains: readonly string[];
}

export interface IosBinary {
  /** Entry path. */
  readonly path: string;
  readonly size: number;
  /** Null when it was not read because of a budget; the diagnostics say so. */
  readonly file: MachOFile | null;
  /** Whether it is the executable that a bundle names; others are loaded by code, or never. */
  readonly role: 'main' | 'bundle-executable' | 'library' | 'other';
  /** Whether a slice is encrypted: its code cannot be judged. */
  readonly codeUnreadable: boolean;
  /** One per slice, in order. */
  readonly signatures: readonly { readonly signature: CodeSignature | null; readonly verdict: CodeSignatureVerdict }[];
}

export interface InjectedLibrary {
  /** Entry path of the library; null when what is loaded is not in the archive. */
  readonly path: string | null;
  /** As the load command has it, e.g. `@executable_path/hook.dylib`. */
  readonly loadPath: string;
  /** Entry path of the binary that loads it. */
  readonly loadedBy: string;
}

export interface IosBundleSigning {
  readonly state: SigningState;
  readonly issues: readonly SigningIssue[];
  readonly teamId: string | null;
  readonly signingTime: string | null;
  /** Files that the bundle's seal names, and those of them that were hashed and agree. */
  readonly sealedFiles: number;
  readonly verifiedFiles: number;
}

/**
 * The app's signing as a whole. `verified`: every page hash, sealed file, special slot and CMS signature of every bundle
 * holds; who signed is another question (`signers`). `broken`: something that is signed does not agree, or the bundle is
 * one that no signature could hold for. `unsigned`: there is no signature at all. `not-checked`: a part could not be
 * checked and nothing was found broken.
 */
export interface IosSigning {
  readonly state: SigningState;
  /** Of all bundles, and those about the app as a whole; those that break it first. */
  readonly issues: readonly SigningIssue[];
  readonly teamId: string | null;
  readonly signingTime: string | null;
}
