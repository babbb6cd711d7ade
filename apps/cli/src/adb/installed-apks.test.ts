import { describe, expect, it } from 'vitest';
import { apksIn, thirdPartyPackages } from './installed-apks.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('what a phone says of its apps', () => {
  it('is taken as names, without those that Android would not allow', () => {
    const answer =
      'package:org.example.a\r\npackage:org.example.a\npackage:a;reboot\npackage:../../x\npackage:a b\nError\npackage:\n';
    expect(thirdPartyPackages(bytes(answer))).toEqual(['org.example.a']);
  });

  it('is taken as APKs, without paths and names that lead elsewhere', () => {
    const answer = [
      'package:/data/app/~~Zm9v==/org.example.a-YmFy==/base.apk',
      'package:/data/app/~~Zm9v==/org.example.a-YmFy==/split_config.de.apk',
      'package:/data/app/other/BASE.apk',
      'package:/data/../etc/base2.apk',
      'package:base3.apk',
      'package:/data/app/.apk',
      'package:/data/app/x.dex',
      '/data/app/said-by-nobody.apk',
    ].join('\n');
    expect(apksIn('org.example.a', answer).map(({ name }) => name)).toEqual(['base.apk', 'split_config.de.apk']);
  });

  it('is bounded', () => {
    const answer = Array.from({ length: 5000 }, (_, index) => `package:/data/app/s${index}.apk`).join('\n');
    expect(apksIn('org.example.a', answer)).toHaveLength(100);
  });
});
