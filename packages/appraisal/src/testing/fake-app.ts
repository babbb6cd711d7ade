import type { AppSigner, Diagnostic } from '@vedette/contracts';
import type { ClassSpec } from '@vedette/formats/builders';
import type { AppEntry, AppImage, StageReport } from '@vedette/program';
import { builtCode } from './built-code.ts';
import { type FakeClass, fakeCode } from './fake-code.ts';
import { type FakeManifest, fakeManifest } from './fake-manifest.ts';

/** An app in a few lines, for tests of rules. What is left out is what an unremarkable app has. */
export interface FakeApp {
  /** Null for a manifest that could not be read. */
  readonly manifest?: FakeManifest | null;
  /** Empty for an app whose code could not be read. */
  readonly code?: readonly FakeClass[];
  /** In place of `code`: classes that are assembled to a DEX and read as `scan` does, for rules that look at what a call passes. */
  readonly dalvik?: readonly ClassSpec[];
  /** Further archive entries: path → text or bytes. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly signers?: readonly Partial<AppSigner>[];
  readonly stages?: readonly StageReport[];
  readonly diagnostics?: readonly Diagnostic[];
}

const PLAIN_CLASS: FakeClass = { name: 'com.example.app.Main', extends: 'android.app.Activity', methods: {} };

/** An unremarkable release build, with the differences a test is about. */
export function fakeApp(app: FakeApp = {}): AppImage {
  const classes = app.code ?? [PLAIN_CLASS];
  const files: Record<string, string | Uint8Array> = {
    'AndroidManifest.xml': '\u0003\0\b\0',
    'classes.dex': 'dex\n035\0',
    ...app.files,
  };
  const noCode = fakeCode([]);
  return {
    platform: 'android',
    container: 'apk',
    file: { name: 'app.apk', size: 100_000, sha256: 'ab'.repeat(32) },
    parts: [],
    entries: Object.entries(files).map(([path, content], index) => fakeEntry(path, content, index * 1_000)),
    manifest: app.manifest === null ? null : fakeManifest(app.manifest ?? {}),
    resources: null,
    ios: null,
    code: app.dalvik === undefined ? fakeCode(classes) : builtCode(app.dalvik),
    dex: [],
    native: [],
    machO: null,
    nested: [],
    loadable: noCode,
    signature: null,
    signers: (app.signers ?? [{}]).map(fakeSigner),
    stages: app.stages ?? [{ stage: 'manifest', status: 'complete', detail: '', elapsedMs: 1 }],
    diagnostics: app.diagnostics ?? [],
  };
}

function fakeEntry(path: string, content: string | Uint8Array, offset: number): AppEntry {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    path,
    part: '',
    compressedSize: bytes.length,
    size: bytes.length,
    offset,
    read: () => ({ value: bytes, diagnostics: [] }),
  };
}

function fakeSigner(signer: Partial<AppSigner>): AppSigner {
  return {
    sha256: 'cd'.repeat(32),
    scheme: 'v2',
    subject: 'CN=Example Ltd, O=Example Ltd, C=DE',
    issuer: 'CN=Example Ltd, O=Example Ltd, C=DE',
    notBefore: '2020-01-01T00:00:00Z',
    notAfter: '2050-01-01T00:00:00Z',
    keyAlgorithm: 'RSA',
    keyBits: 4096,
    signatureAlgorithm: 'SHA256withRSA',
    verified: 'verified',
    ...signer,
  };
}
