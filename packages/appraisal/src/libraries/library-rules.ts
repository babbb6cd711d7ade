import type { AppLibrary, Evidence } from '@vedette/contracts';
import { inFile } from '../evidence.ts';
import { hit, type Rule } from '../rule.ts';
import { compareVersions } from './compare-versions.ts';
import { librariesNamed } from './libraries-named.ts';
import type { LibraryCategory } from './library-row.ts';
import { LIBRARY_ROWS } from './library-rows.ts';
import { listLibraries } from './list-libraries.ts';

interface TrackerRow {
  readonly category: LibraryCategory;
  readonly what: string;
  readonly why: string;
}

const TRACKERS: readonly TrackerRow[] = [
  { category: 'analytics', what: 'analytics', why: 'It reports what is done in the app, mostly to a third party.' },
  {
    category: 'advertising',
    what: 'advertising',
    why: 'It shows advertisements and passes on what tells one person from another.',
  },
  {
    category: 'attribution',
    what: 'attribution',
    why: 'It tells a third party by which advertisement a person came to the app.',
  },
  {
    category: 'crash-reporting',
    what: 'crash reports',
    why: 'It sends the state of the app to a third party when it fails.',
  },
  {
    category: 'location',
    what: 'location',
    why: 'It finds out where the phone is; some such kits sell what they learn.',
  },
  { category: 'profiling', what: 'profiling', why: 'It reports how the app performs, mostly to a third party.' },
  {
    category: 'push',
    what: 'messages to users',
    why: 'It gives each phone a name and reports what is done with the messages.',
  },
  { category: 'social', what: 'social networks', why: 'It can tell the network which app is used, and by whom.' },
];

/** One fact for each kind of tracker. Told by names: what was renamed is not seen, and presence is not yet use. */
const TRACKER_RULES: readonly Rule[] = TRACKERS.map(({ category, what, why }) => ({
  id: `android.library.tracker-${category}`,
  version: 1,
  title: `The app contains a third-party library for ${what}`,
  why,
  remedy: 'Say so in the privacy notice, and ask for consent where the law wants it.',
  severity: 'info',
  kind: 'fact',
  needs: ['code'],
  classes: [],
  mappings: { masvs: ['MASVS-PRIVACY-1'] },
  run: (image) => {
    const named = librariesNamed(image);
    return hit(
      LIBRARY_ROWS.filter((row) => row.category === category).flatMap((row): Evidence[] => {
        const found = named.get(row);
        const note = `${row.name}: present by the name of a class`;
        return found === undefined ? [] : [{ kind: 'code', file: found.file, class: found.class, note }];
      }),
    );
  },
}));

interface FlawRow {
  readonly id: string;
  readonly library: string;
  readonly title: string;
  readonly why: string;
  readonly points: number;
  readonly isFlawed: (version: string) => boolean;
}

const isBefore = (version: string, fixed: string): boolean => compareVersions(version, fixed) < 0;

/** Versions with a published flaw. Sources: the projects' advisories, named by CVE in each row. */
const FLAWS: readonly FlawRow[] = [
  {
    id: 'openssl-heartbleed',
    library: 'OpenSSL',
    title: 'OpenSSL is of a version with Heartbleed (1.0.1 to 1.0.1f)',
    why: 'CVE-2014-0160: the other side of a connection can read memory, keys and passwords included.',
    points: 12,
    isFlawed: (version) => /^1\.0\.1[a-f]?$/.test(version),
  },
  {
    id: 'openssl-old',
    library: 'OpenSSL',
    title: 'OpenSSL is older than Google Play accepts (before 1.0.1r, or 1.0.2 before 1.0.2f)',
    why: 'Google Play refuses apps with such versions for CVE-2015-3194, CVE-2014-0224 and others. They get no fixes.',
    points: 6,
    isFlawed: (version) => isBefore(version, '1.0.1r') || (version.startsWith('1.0.2') && isBefore(version, '1.0.2f')),
  },
  {
    id: 'zlib-deflate',
    library: 'zlib',
    title: 'The app’s zlib is of a version with a flaw in compression (before 1.2.12)',
    why: 'CVE-2018-25032: data with many distant matches corrupts memory while it is compressed.',
    points: 3,
    isFlawed: (version) => isBefore(version, '1.2.12'),
  },
  {
    id: 'curl-socks',
    library: 'curl',
    title: 'The app’s curl is of a version with an overflow in SOCKS5 (7.69.0 to 8.3.0)',
    why: 'CVE-2023-38545: a long host name overflows a buffer where a SOCKS5 proxy resolves names.',
    points: 3,
    isFlawed: (version) => !isBefore(version, '7.69.0') && isBefore(version, '8.4.0'),
  },
  {
    id: 'libpng-use-after-free',
    library: 'libpng',
    title: 'The app’s libpng is of a version with a use after free (1.6.0 to 1.6.36)',
    why: 'CVE-2019-7317: memory is used after it was given back, in png_image_free.',
    points: 3,
    isFlawed: (version) => version.startsWith('1.6.') && isBefore(version, '1.6.37'),
  },
  {
    id: 'expat-encoding',
    library: 'Expat',
    title: 'Expat is of a version that lacks checks of encoding (before 2.4.5)',
    why: 'CVE-2022-25235: a crafted document is read otherwise than it is written, up to the running of foreign code.',
    points: 6,
    isFlawed: (version) => isBefore(version, '2.4.5'),
  },
];

const FLAW_RULES: readonly Rule[] = FLAWS.map(({ id, library, title, why, points, isFlawed }) => ({
  id: `android.library.${id}`,
  version: 1,
  title,
  why: `${why} Told by the version alone: whether the part is used, or was mended without a new number, is not known.`,
  remedy: `Build with a present version of ${library}.`,
  severity: points >= 12 ? 'medium' : 'low',
  kind: 'weakness',
  needs: ['archive'],
  dataRisk: { base: points },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-CODE-3'], cwe: ['CWE-1395'] },
  run: (image) =>
    hit(
      listLibraries(image)
        .filter((each) => each.name === library && each.version !== null && isFlawed(each.version))
        .map(evidenceOf),
    ),
}));

function evidenceOf({ name, version, evidence }: AppLibrary): Evidence {
  return inFile(evidence.split(': ')[0] ?? evidence, `${name} ${version}, by its text: ${evidence}`);
}

/** Third-party code in an Android app: what it is for, and versions with published flaws. */
export const LIBRARY_RULES: readonly Rule[] = [...TRACKER_RULES, ...FLAW_RULES];
