import type { Evidence } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import { inFile, shorten } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';
import { inInfo, runningBundles, slicesOf } from './ios-evidence.ts';

/** Files that only a jailbroken device has. */
const JAILBREAK_PATHS: readonly string[] = [
  '/applications/cydia.app',
  '/applications/sileo.app',
  '/applications/zebra.app',
  '/library/mobilesubstrate/',
  '/bin/bash',
  '/usr/sbin/sshd',
  '/usr/libexec/sftp-server',
  '/etc/apt',
  '/private/etc/apt',
  '/private/var/lib/apt',
  '/private/var/lib/cydia',
  '/private/var/stash',
  '/private/jailbreak.txt',
  '/var/jb',
];
const JAILBREAK_SCHEMES: readonly string[] = ['cydia', 'sileo', 'zbra', 'undecimus', 'filza'];

/** Words in texts of code that looks for tools of hooking. */
const HOOKING_WORDS: readonly string[] = [
  'frida',
  'cynject',
  'libcycript',
  'mobilesubstrate',
  'cydiasubstrate',
  'substrateloader',
  'tweakinject',
  'libhooker',
  'ellekit',
  'sslkillswitch',
  'mshookfunction',
];
/** File names of libraries that change programs while they run. */
const HOOKING_LIBRARY =
  /(?:^|\/)(?:CydiaSubstrate|libsubstrate\.dylib|libsubstitute[^/]*\.dylib|libhooker\.dylib|libellekit\.dylib|(?:lib)?FridaGadget[^/]*|frida-(?:gadget|agent)[^/]*)$/i;
const HOOKING_IMPORTS: ReadonlySet<string> = new Set([
  '_MSHookFunction',
  '_MSHookMessageEx',
  '_LHHookFunctions',
  '_SubHookFunctions',
]);
/** Longer texts are no paths and no names; a document that speaks of Frida is not code that looks for it. */
const MAX_TEXT = 120;

/** Rules on jailbreaks and on tools that change programs while they run. Source: OWASP MASTG-KNOW-0084, MASTG-KNOW-0087. */
export const IOS_TAMPER_RULES: readonly Rule[] = [
  {
    id: 'ios.code.jailbreak-detection',
    version: 1,
    title: 'The app checks whether the device is jailbroken',
    why: 'Banking apps do this to protect themselves; some malware does it to choose its way. It judges nothing.',
    remedy: 'Nothing to do.',
    severity: 'info',
    kind: 'fact',
    needs: ['code'],
    classes: [],
    mappings: { masvs: ['MASVS-RESILIENCE-1'], attack: ['T1633.001'] },
    run(image) {
      const texts = textsWith(image, JAILBREAK_PATHS, (text, path) => text.startsWith(path));
      const asked = runningBundles(image.ios).flatMap((bundle) =>
        bundle.queriedSchemes
          .filter((scheme) => JAILBREAK_SCHEMES.includes(scheme.toLowerCase()))
          .map((scheme) => ({
            word: scheme,
            evidence: inInfo(bundle, `asks whether ${shorten(scheme)}: can be opened`),
          })),
      );
      return atLeastTwo([...texts, ...asked]);
    },
  },
  {
    id: 'ios.code.hook-detection',
    version: 1,
    title: 'The app looks for Frida, Substrate and the like',
    why: 'These change an app while it runs: tools of analysts and of cheaters. Banking apps look for them, and malware does.',
    remedy: 'Nothing to do.',
    severity: 'info',
    kind: 'fact',
    needs: ['code'],
    classes: [],
    mappings: { masvs: ['MASVS-RESILIENCE-4'], attack: ['T1633.001'] },
    run: (image) => atLeastTwo(textsWith(image, HOOKING_WORDS, (text, word) => text.includes(word))),
  },
  {
    id: 'ios.code.hooking-framework',
    version: 1,
    title: 'The app loads a framework that changes programs while they run',
    why: 'No app from the store does this. It is how somebody other than the maker adds code to an app: to get features for nothing, or to spy.',
    remedy: 'Get the app from the App Store.',
    severity: 'medium',
    kind: 'behaviour',
    needs: ['code'],
    malice: { base: 12 },
    classes: ['tampered'],
    mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1617'], cwe: ['CWE-829'] },
    run: (image) =>
      hit(
        slicesOf(image).flatMap(({ path, slice }) => {
          const libraries = slice.libraries.map((library) => library.path).filter((name) => HOOKING_LIBRARY.test(name));
          const imports = slice.imports.map(({ name }) => name).filter((name) => HOOKING_IMPORTS.has(name));
          return [
            ...libraries.map((name) => inFile(shorten(path), `${slice.architecture}: loads ${shorten(name)}`)),
            ...[...new Set(imports)].map((name) => inFile(shorten(path), `${slice.architecture}: imports ${name}`)),
          ];
        }),
      ),
  },
];

interface Sign {
  readonly word: string;
  readonly evidence: Evidence;
}

/** The first place of each word, by all slices. Texts in encrypted ranges are not read; the coverage says so. */
function textsWith(
  image: AppImage,
  words: readonly string[],
  matches: (text: string, word: string) => boolean,
): readonly Sign[] {
  const found = new Map<string, Sign>();
  for (const { path, slice } of slicesOf(image)) {
    for (const { value, offset } of slice.strings().value) {
      if (value.length > MAX_TEXT) continue;
      const text = value.toLowerCase();
      for (const word of words) {
        if (found.has(word) || !matches(text, word)) continue;
        const evidence = inFile(shorten(path), `text ${JSON.stringify(shorten(value))}`, {
          offset: slice.offset + offset,
        });
        found.set(word, { word, evidence });
      }
    }
  }
  return [...found.values()];
}

/** One sign alone may be chance: a person's name, a path of a tool. */
function atLeastTwo(signs: readonly Sign[]): ReturnType<Rule['run']> {
  return new Set(signs.map(({ word }) => word)).size < 2 ? null : hit(signs.map(({ evidence }) => evidence));
}
