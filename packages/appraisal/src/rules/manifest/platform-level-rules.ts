import { attributeOf, inManifest } from '../../evidence.ts';
import { manifestTable } from '../../rule-table.ts';
import { childrenOf } from './find-elements.ts';

/** What a phone of an older Android lacks. Source: Android behaviour changes and security enhancements by version. */
const GAINED: readonly (readonly [api: number, what: string])[] = [
  [17, 'objects handed to web pages give away all their methods (before 17)'],
  [19, 'web pages are shown by an engine that is never updated (before 21)'],
  [23, 'permissions are granted at installation (before 23)'],
  [24, 'certificates of the owner are trusted, and the second signature scheme is unknown (before 24)'],
];

/** Which versions of Android the app is for. */
export const PLATFORM_LEVEL_RULES = manifestTable('manifest', [
  {
    name: 'low-min-sdk',
    title: 'The app runs on versions of Android that lack protections',
    why: 'On such phones the platform itself cannot protect the app’s data as it does today, and gets no more repairs.',
    remedy: 'Raise android:minSdkVersion to 24 or later, as far as users’ phones allow.',
    points: 0.5,
    masvs: ['CODE-1'],
    cwe: [1104],
    find: ({ manifest }) => {
      const min = manifest?.minSdk ?? null;
      if (manifest === null || min === null || min >= 24) return [];
      const element = childrenOf(manifest.root, 'uses-sdk')[0] ?? manifest.root;
      return GAINED.filter(([api]) => min < api).map(([, what]) =>
        inManifest(element, `from API level ${min}: ${what}`, 'minSdkVersion'),
      );
    },
  },
  {
    name: 'no-target-sdk',
    title: 'The app does not say which Android it was made for',
    why: 'The platform then takes the oldest version it runs on, and switches all protections off that came later.',
    remedy: 'Set android:targetSdkVersion.',
    severity: 'low',
    points: 1.5,
    masvs: ['CODE-1'],
    cwe: [1104],
    find: ({ manifest }) => {
      if (manifest === null || manifest.targetSdk === null || manifest.targetSdk !== manifest.minSdk) return [];
      const [element] = childrenOf(manifest.root, 'uses-sdk');
      if (element === undefined || attributeOf(element, 'targetSdkVersion') !== undefined) return [];
      return [inManifest(element, `only the oldest version is named: ${manifest.minSdk}`, 'minSdkVersion')];
    },
  },
]);
