import { Appraisal } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { appraise } from '../appraise.ts';
import { type FakeApp, fakeApp } from '../testing/fake-app.ts';
import { NOW } from '../testing/test-rule.ts';
import { compareVersions } from './compare-versions.ts';
import { libraryOfText } from './library-texts.ts';
import { listLibraries } from './list-libraries.ts';

const listed = (app: FakeApp) => listLibraries(fakeApp(app));
const plain = (name: string) => ({ name, methods: {} });

describe('libraries', () => {
  it('are told by the files of AndroidX, with version and package URL', () => {
    expect(listed({ files: { 'META-INF/androidx.core_core-ktx.version': '1.9.0\n' } })).toEqual([
      {
        name: 'androidx.core:core-ktx',
        purl: 'pkg:maven/androidx.core/core-ktx@1.9.0',
        version: '1.9.0',
        category: 'platform',
        evidence: 'META-INF/androidx.core_core-ktx.version',
        how: 'metadata',
      },
    ]);
  });

  it('have no version where the file says none', () => {
    const [library] = listed({
      files: { 'META-INF/androidx.core_core.version': "task ':core:core:writeVersionFile' property 'version'" },
    });
    expect(library).toMatchObject({ version: null, purl: 'pkg:maven/androidx.core/core' });
  });

  it('are told by the properties of Firebase and of Maven', () => {
    const libraries = listed({
      files: {
        'firebase-messaging.properties': 'version=23.1.0\nclient=firebase-messaging\n',
        'META-INF/maven/com.google.code.gson/gson/pom.properties':
          'version=2.8.9\ngroupId=com.google.code.gson\nartifactId=gson\n',
        'messages.properties': 'version=1\n',
      },
    });
    expect(libraries.map(({ name, version }) => [name, version])).toEqual([
      ['Firebase Cloud Messaging', '23.1.0'],
      ['Gson', '2.8.9'],
    ]);
  });

  it('are told by the names of classes, the version of OkHttp by its text', () => {
    const libraries = listed({
      code: [
        { name: 'okhttp3.internal.Version', methods: { 'userAgent()V': ['string okhttp/4.9.3'] } },
        plain('com.adjust.sdk.Adjust'),
        plain('com.example.okio.A'),
      ],
    });
    expect(libraries).toMatchObject([
      { name: 'Adjust', version: null, how: 'package', category: 'attribution' },
      { name: 'OkHttp', version: '4.9.3', how: 'string', purl: 'pkg:maven/com.squareup.okhttp3/okhttp@4.9.3' },
    ]);
  });

  it('are named once where both the file and the classes tell them', () => {
    const libraries = listed({
      files: { 'META-INF/com.google.android.material_material.version': '1.8.0' },
      code: [plain('com.google.android.material.R')],
    });
    expect(libraries).toMatchObject([{ name: 'Material Components', version: '1.8.0', how: 'metadata' }]);
  });

  it('are in the appraisal as its contract says', () => {
    const app = fakeApp({ code: [plain('okhttp3.Call')] });
    const { app: facts } = Appraisal.parse(appraise(app, { version: '0', now: NOW }));
    expect(facts.libraries?.map(({ name }) => name)).toEqual(['OkHttp']);
  });
});

describe('texts in native code', () => {
  it.each([
    ['OpenSSL 1.0.1f 6 Jan 2014', 'OpenSSL', '1.0.1f'],
    ['OpenSSL 1.1.1k  25 Mar 2021', 'OpenSSL', '1.1.1k'],
    [' deflate 1.2.11 Copyright 1995-2017 Jean-loup Gailly and Mark Adler ', 'zlib', '1.2.11'],
    ['libcurl/7.79.1', 'curl', '7.79.1'],
    [' libpng version 1.6.37 - April 14, 2019', 'libpng', '1.6.37'],
    ['expat_2.2.9', 'Expat', '2.2.9'],
    ['2021.3.16f1_4016570cf34f', 'Unity', '2021.3.16f1'],
    ['3.5.0 (stable) (Tue Jul 30 02:17:59 2024 -0700) on "android_arm64"', 'Dart', '3.5.0'],
  ])('%s', (text, name, version) => {
    expect(libraryOfText(text)).toMatchObject([{ name, version }]);
  });

  it.each(['needs OpenSSL 1.0.1f 6 Jan 2014', 'OpenSSL', 'deflate', 'libcurl/x', 'expat_2.2.9x', '1.2.3'])(
    'does not take %s for a version',
    (text) => {
      expect(libraryOfText(text)).toEqual([]);
    },
  );
});

describe('versions', () => {
  const inOrder = ['0.9.8zh', '1.0.1', '1.0.1f', '1.0.1r', '1.0.2', '1.0.2f', '1.2.9', '1.2.12', '4.0.0-RC1', '4.0.0'];
  it('are ordered by number, letter and forerunner', () => {
    for (const [index, a] of inOrder.entries()) {
      for (const [other, b] of inOrder.entries()) {
        expect(Math.sign(compareVersions(a, b)), `${a} ${b}`).toBe(Math.sign(index - other));
      }
    }
  });

  it('with zeros at the end are the same', () => {
    expect(compareVersions('1.2', '1.2.0')).toBe(0);
  });
});
