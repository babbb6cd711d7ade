import type { AppSigner, Diagnostic, Parsed, Platform } from '@vedette/contracts';
import type {
  ApkSignatureReport,
  AppResources,
  ElfFile,
  FieldUse,
  InvokeKind,
  MachOFile,
  TypeUse,
} from '@vedette/formats';
import type { IosApp } from './ios/ios-app.ts';
import type { DexUnit } from './xref/link-pools.ts';
import type { LinkedCode } from './xref/linked-code.ts';

/** What kind of file an app came in. `apk-set`: base and splits in one archive (APKS, XAPK, APKM). */
export type ContainerKind = 'apk' | 'apk-set' | 'aab' | 'ipa' | 'dex' | 'elf' | 'mach-o';

/** One archive that the app is installed from; of an app bundle, one module. */
export interface AppPart {
  /** In the outer file, empty for the file itself; of a module its folder. */
  readonly path: string;
  readonly role: 'base' | 'split' | 'module';
  /** Name of the split or module; empty for the base. */
  readonly name: string;
  /** In bytes; null for a module, which is no file. */
  readonly size: number | null;
  readonly sha256: string | null;
  readonly entries: number;
  /** Null for what is not signed by itself: modules of a bundle, iOS apps. */
  readonly signature: ApkSignatureReport | null;
}

/** A native library or program, from where the platform looks for it or from anywhere else in the app. */
export interface NativeLibrary {
  /** Entry path, with the part it is in. */
  readonly path: string;
  /** The folder's ABI, e.g. `arm64-v8a`; null elsewhere. */
  readonly abiFolder: string | null;
  readonly size: number;
  readonly elf: ElfFile;
}

/** Something in the app that could be loaded or run, by its content, whatever it is called. */
export interface NestedContent {
  /** Entry path; `!/` stands between an archive and what is in it. */
  readonly path: string;
  readonly kind: 'apk' | 'archive' | 'dex' | 'elf' | 'mach-o' | 'script';
  readonly size: number;
  /** 1 for what lies in the app itself, 2 for what lies in an archive in it, and so on. */
  readonly depth: number;
  /** Whether the name says what it is: a DEX called `logo.png` is disguised. */
  readonly named: boolean;
  /** False for an archive that was not opened because a budget was spent. */
  readonly opened: boolean;
}

/** One app as installed: everything rules work on. Rules never touch bytes of containers. */
export interface AppImage {
  readonly platform: Platform;
  readonly container: ContainerKind;
  readonly file: { readonly name: string; readonly size: number; readonly sha256: string };
  /** What it is installed from, base first; empty for bare code. */
  readonly parts: readonly AppPart[];
  /** Archive entries as the platform would load them, in directory order, those of all parts. */
  readonly entries: readonly AppEntry[];
  /** Null when AndroidManifest.xml is missing or unreadable; `diagnostics` say why. */
  readonly manifest: AndroidManifest | null;
  /** Of base and splits; null without a table that can be read. */
  readonly resources: AppResources | null;
  /** Null for Android. */
  readonly ios: IosApp | null;
  /** The code that the platform loads. */
  readonly code: CodeIndex;
  /** The files of `code`, in the order in which the platform searches them. */
  readonly dex: readonly DexUnit[];
  readonly native: readonly NativeLibrary[];
  /** A bare Mach-O file; null for everything else. */
  readonly machO: MachOFile | null;
  readonly nested: readonly NestedContent[];
  /** Code found in `nested`: the app could load it, the platform does not. */
  readonly loadable: CodeIndex;
  readonly signers: readonly AppSigner[];
  /** Of the base; null for what no APK signature can be on. */
  readonly signature: ApkSignatureReport | null;
  readonly stages: readonly StageReport[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What one stage of reading did: goes into the appraisal's coverage. */
export interface StageReport {
  readonly stage: string;
  readonly status: 'complete' | 'partial' | 'skipped' | 'failed';
  readonly detail: string;
  readonly elapsedMs: number;
}

export interface AppEntry {
  /** As on the device, within its part. */
  readonly path: string;
  /** The part's path; empty for the file itself. */
  readonly part: string;
  readonly compressedSize: number;
  readonly size: number;
  /** Offset of the local header in the file, in bytes. */
  readonly offset: number;
  /**
   * Inflates within the image's budget; a truncated or hostile entry yields what could be read and diagnostics.
   * `maxBytes` is for a look at the beginning: it costs no more than that, and stopping there is no diagnostic.
   */
  read(maxBytes?: number): Parsed<Uint8Array>;
}

/** One attribute as written; `resourceId` is the framework id that names it for the platform, 0 when there is none. */
export interface ManifestAttribute {
  /** False for one that the platform passes by, because its id is not in the order that its search relies on. */
  readonly found?: boolean;
  readonly name: string;
  readonly namespace: string | null;
  readonly resourceId: number;
  readonly value: string;
}

/** The manifest's tree as Android would read it. `path` is the evidence path, e.g. `manifest/application/activity[.Main]`. */
export interface ManifestElement {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly attributes: readonly ManifestAttribute[];
  readonly children: readonly ManifestElement[];
}

export type ComponentKind = 'activity' | 'activity-alias' | 'service' | 'receiver' | 'provider';

export interface ManifestComponent {
  readonly kind: ComponentKind;
  /** Fully qualified class name. */
  readonly name: string;
  readonly exported: boolean;
  readonly exportedBy: 'declared' | 'intent-filter' | 'default';
  readonly enabled: boolean;
  readonly permission: string | null;
  readonly intentFilters: readonly {
    readonly actions: readonly string[];
    readonly categories: readonly string[];
    readonly schemes: readonly string[];
    readonly hosts: readonly string[];
  }[];
  readonly element: ManifestElement;
}

export interface AndroidManifest {
  readonly package: string;
  readonly versionName: string | null;
  readonly versionCode: number | null;
  readonly minSdk: number | null;
  readonly targetSdk: number | null;
  readonly label: string | null;
  readonly permissions: readonly {
    readonly name: string;
    readonly maxSdk: number | null;
    readonly element: ManifestElement;
  }[];
  readonly declaredPermissions: readonly {
    readonly name: string;
    readonly protectionLevel: string;
    readonly element: ManifestElement;
  }[];
  readonly components: readonly ManifestComponent[];
  /** Null: not written in the manifest, the platform's default for the target SDK applies. */
  readonly debuggable: boolean | null;
  readonly allowBackup: boolean | null;
  readonly usesCleartextTraffic: boolean | null;
  readonly testOnly: boolean | null;
  readonly networkSecurityConfig: string | null;
  readonly application: ManifestElement | null;
  readonly root: ManifestElement;
}

/** Where code refers to something. */
export interface CodeSite {
  /** Entry path of the DEX, e.g. `classes2.dex`. */
  readonly file: string;
  /** Java name of the class, e.g. `com.example.Main`. */
  readonly class: string;
  /** Method name with descriptor, e.g. `onCreate(Landroid/os/Bundle;)V`. */
  readonly method: string;
  /** In 16-bit code units from the start of the method's instructions. */
  readonly codeOffset: number;
}

export interface CallSite extends CodeSite {
  /** `android.telephony.SmsManager.sendTextMessage(Ljava/lang/String;…)V` */
  readonly target: string;
  readonly kind: InvokeKind;
}

/** A call with the definition in the app that it reaches by name; null when that is outside of the app, or nowhere. */
export interface CalleeSite extends CallSite {
  readonly definition: { readonly file: string; readonly class: string; readonly method: string } | null;
}

export interface FieldSite extends CodeSite {
  /** `android.os.Build.FINGERPRINT:Ljava/lang/String;` */
  readonly target: string;
  readonly use: FieldUse;
}

/** Where code makes, checks or names a type. */
export interface TypeSite extends CodeSite {
  /** Java name. */
  readonly target: string;
  readonly use: TypeUse;
}

export interface StringSite extends CodeSite {
  readonly value: string;
}

/** Which methods a query is about; a missing part matches everything. Class names are Java names, without generics. */
export interface MethodQuery {
  readonly class?: string;
  readonly name?: string;
  readonly descriptor?: string;
  /** Also calls through a class of the app that inherits the method from `class` and does not override it. */
  readonly inherited?: boolean;
}

/** One method by its whole name. */
export interface MethodName {
  readonly class: string;
  readonly name: string;
  readonly descriptor: string;
}

/** Which fields a query is about; a missing part matches everything. */
export interface FieldQuery {
  readonly class?: string;
  readonly name?: string;
  /** Type descriptor, e.g. `Ljava/lang/String;`. */
  readonly type?: string;
}

/** What is known of an argument from the instructions before the call, in the same method, whichever way they are run. */
export type Constant =
  | { readonly kind: 'string'; readonly value: string }
  /** An integer, or the bits of a float; of a long or double, if `wide`. */
  | { readonly kind: 'number'; readonly value: number; readonly wide?: true }
  /** `X.class` */
  | { readonly kind: 'class'; readonly name: string }
  /** An object made there, by its class. */
  | { readonly kind: 'instance'; readonly name: string }
  /** The value of a static field, e.g. `android.os.Build.FINGERPRINT:Ljava/lang/String;`. */
  | { readonly kind: 'field'; readonly name: string };

export interface CallArguments {
  /** Null for static calls, and when nothing is known of the object. */
  readonly receiver: Constant | null;
  /** In the order of the descriptor; null for what is not known. */
  readonly parameters: readonly (Constant | null)[];
}

export interface DefinedMethod extends MethodName {
  readonly file: string;
  readonly accessFlags: number;
  /** Of its instructions, in code units; 0 for abstract and native methods. */
  readonly codeUnits: number;
}

export interface DefinedField {
  readonly file: string;
  readonly class: string;
  readonly name: string;
  /** Type descriptor. */
  readonly type: string;
  readonly accessFlags: number;
}

/** Cross references over all code of the app. */
export interface CodeIndex {
  /** The tables behind the answers, for analyses of the whole code; missing where the index was not made of DEX files. */
  readonly linked?: LinkedCode;
  readonly dexFiles: readonly {
    readonly path: string;
    readonly version: string;
    readonly classes: number;
    readonly methods: number;
    readonly strings: number;
  }[];
  /** Every method call whose target matches, at most `limit` (default 1,000). */
  calls(query: MethodQuery, limit?: number): readonly CallSite[];
  /** Calls that reach this method by name: through its class or one that inherits it; not through what it overrides. */
  callers(method: MethodName, limit?: number): readonly CallSite[];
  /** Every call in the code of this method, in order, at most `limit` (default 1,000). */
  callees(method: MethodName, limit?: number): readonly CalleeSite[];
  /** What a call passes, as far as it is constant; null for a place where the app has no call. */
  argumentsOf(site: CodeSite): CallArguments | null;
  /** Every instruction that reads a field that matches, at most `limit` (default 1,000). */
  fieldReads(query: FieldQuery, limit?: number): readonly FieldSite[];
  fieldWrites(query: FieldQuery, limit?: number): readonly FieldSite[];
  /** Every `new-instance` of a class (Java name; null for any), at most `limit` (default 1,000). */
  instantiations(name: string | null, limit?: number): readonly TypeSite[];
  /** Every `const-class`. */
  classLiterals(name: string | null, limit?: number): readonly TypeSite[];
  /** Every `check-cast` and `instance-of`. */
  typeChecks(name: string | null, limit?: number): readonly TypeSite[];
  /** Every `const-string` whose value matches, at most `limit` (default 1,000). */
  stringLoads(matches: (value: string) => boolean, limit?: number): readonly StringSite[];
  /** Every string of every pool, with the DEX it is from, in pool order, duplicates included. */
  strings(): Iterable<{ readonly file: string; readonly value: string }>;
  /** Whether the app defines a class of this Java name. */
  definesClass(name: string): boolean;
  /** Definitions of classes that one before them hides: of each file that has some, how many, and the Java name of the first. */
  hiddenClasses(): readonly { readonly file: string; readonly count: number; readonly example: string }[];
  /** Classes defined in the app. */
  classes(): Iterable<{
    readonly file: string;
    readonly name: string;
    readonly superclass: string | null;
    readonly interfaces: readonly string[];
  }>;
  /** Methods and fields that the app's classes define. */
  methods(): Iterable<DefinedMethod>;
  fields(): Iterable<DefinedField>;
  /** Methods defined in the app that override `name`+`descriptor` in a class implementing or extending `base`, with the instructions' mnemonics. */
  overrides(base: string, name: string): readonly { readonly site: CodeSite; readonly opcodes: readonly string[] }[];
  /** Names of framework or app classes referenced by any type id. */
  referencesClass(name: string): boolean;
}
