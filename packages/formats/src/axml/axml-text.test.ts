import { describe, expect, it } from 'vitest';
import { buildAxml, type XmlNode } from './axml-builder.ts';
import { axmlToText } from './axml-text.ts';
import { FRAMEWORK_ATTRIBUTES, frameworkAttributeName } from './framework-attributes.ts';
import { publicName } from './public-names.ts';
import { readAxml } from './read-axml.ts';

function print(node: XmlNode, options?: Parameters<typeof axmlToText>[1]): string {
  const { value } = readAxml(buildAxml(node));
  if (value === null) throw new Error('no element was read');
  return axmlToText(value, options);
}

describe('axmlToText', () => {
  it('prints elements with their namespaces, references by name, text indented', () => {
    const text = print(
      {
        name: 'manifest',
        attributes: { 'android:versionCode': 7, package: 'com.example.app' },
        children: [
          {
            name: 'application',
            attributes: {
              'android:label': { reference: 0x7f010000 },
              'android:theme': { reference: 0x01030005 },
              'android:icon': { type: 0x02, data: 0x01010002 },
            },
            text: ' hello ',
            children: [{ name: 'activity' }],
          },
        ],
      },
      { nameOf: (id) => (id === 0x7f010000 ? 'string/app_name' : null) },
    );
    expect(text).toBe(`<manifest
    xmlns:android="http://schemas.android.com/apk/res/android"
    android:versionCode="7"
    package="com.example.app">
  <application
      android:theme="@android:style/Theme"
      android:label="@string/app_name"
      android:icon="?android:attr/icon">
    hello
    <activity/>
  </application>
</manifest>
`);
  });

  it('lets nothing reach a terminal that acts on it or hides', () => {
    const text = print({ name: 'a', attributes: { x: '\u001b[2J<>&"\u202e\u0000\u200bé😀\ud800' } });
    expect(text).toContain('x="&#x1b;[2J&lt;&gt;&amp;&quot;&#x202e;&#x0;&#x200b;é😀&#xd800;"');
    expect(print({ name: 'b\u001b[0m' })).toContain('<b&#x1b;[0m');
  });

  it('prints no more than some megabytes, however many attributes show one long string', () => {
    const children = Array.from({ length: 5_000 }, () => ({ name: 'a', attributes: { x: 'y'.repeat(100_000) } }));
    const text = print({ name: 'r', children });
    expect(text.length).toBeLessThan(6_000_000);
    expect(text).toContain('<!-- … -->');
  });

  it('declares namespaces that the document only uses, and cuts long values', () => {
    expect(print({ name: 'a', attributes: [{ name: 'x', namespace: 'urn:b', value: 'y' }] })).toContain(
      'xmlns:ns1="urn:b"\n    ns1:x="y"',
    );
    expect(print({ name: 'a', attributes: { x: 'y'.repeat(100) } }, { maxValue: 3 })).toContain('x="yyy…"');
  });
});

describe('names of the framework', () => {
  it('have the ids of AOSP, from the first release to Android 16', () => {
    const known: [string, number][] = [
      ['theme', 0x01010000],
      ['exported', 0x01010010],
      ['usesCleartextTraffic', 0x010104ec],
      ['networkSecurityConfig', 0x01010527],
      ['forceUriPermissions', 0x0101059f],
      ['allowClearUserDataOnFailedRestore', 0x01010600],
      ['knownCerts', 0x0101062a],
      ['requiredSplitTypes', 0x0101064e],
      ['localeConfig', 0x0101065b],
      ['wantsRoleHolderPriority', 0x010106ac],
    ];
    for (const [name, id] of known) {
      expect([FRAMEWORK_ATTRIBUTES[name], frameworkAttributeName(id)]).toEqual([id, name]);
    }
    expect(Object.keys(FRAMEWORK_ATTRIBUTES).length).toBe(1_579);
    expect([0x010105a0, 0x01010629].map(frameworkAttributeName)).toEqual([undefined, undefined]);
  });

  it('are known for other types too', () => {
    expect(
      [0x01030005, 0x01040000, 0x01060000, 0x01020054, 0x01110007, 0x01990000, 0x0104ffff].map(publicName),
    ).toEqual([
      'style/Theme',
      'string/cancel',
      'color/darker_gray',
      'id/accessibilityActionImeEnter',
      'bool/config_preventImeStartupUnlessTextEditor',
      null,
      null,
    ]);
  });
});
