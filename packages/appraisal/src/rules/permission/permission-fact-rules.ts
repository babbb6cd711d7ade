import { PERMISSION_HISTORY } from '../../data/permission-history.ts';
import { PERMISSION_USES } from '../../data/permission-uses.ts';
import { attributeOf, inManifest } from '../../evidence.ts';
import { permissionProtections } from '../../permission-protection.ts';
import { type Finder, manifestTable } from '../../rule-table.ts';
import { childrenOf } from '../manifest/find-elements.ts';

const PREFIX = 'android.permission.';

/** Names of the platform that differ from `name` by one letter: left out, added, changed, or two exchanged. */
function nearestPlatformName(name: string, isKnown: (name: string) => boolean): string | null {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_'.split('');
  for (let at = 0; at <= name.length; at++) {
    const [head, tail] = [name.slice(0, at), name.slice(at)];
    const candidates = [
      head + tail.slice(1),
      head + tail.charAt(1) + tail.charAt(0) + tail.slice(2),
      ...letters.flatMap((letter) => [head + letter + tail, head + letter + tail.slice(1)]),
    ];
    const found = candidates.find((candidate) => candidate !== name && isKnown(PREFIX + candidate));
    if (found !== undefined) return found;
  }
  return null;
}

const misspelt: Finder = ({ manifest }) => {
  const protectionOf = permissionProtections();
  const isKnown = (name: string): boolean => protectionOf(name) !== 'unknown';
  return (manifest?.permissions ?? []).flatMap(({ name, element }) => {
    const own = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : null;
    if (own === null || own.length > 60 || isKnown(name)) return [];
    const meant = isKnown(PREFIX + own.toUpperCase()) ? own.toUpperCase() : nearestPlatformName(own, isKnown);
    return meant === null ? [] : [inManifest(element, `the platform has ${meant}`, 'name')];
  });
};

const unused: Finder = (image) => {
  const { manifest, code } = image;
  // Code that is not there, or comes later, may use anything.
  const isOpenEnded = ['dalvik.system.DexClassLoader', 'dalvik.system.InMemoryDexClassLoader'].some((name) =>
    code.referencesClass(name),
  );
  if (manifest === null || code.dexFiles.length === 0 || isOpenEnded || image.native.length > 0) return [];
  const asked = new Map(manifest.permissions.map(({ name, element }) => [name, element]));
  const candidates = PERMISSION_USES.filter(
    ({ permission, types }) => asked.has(PREFIX + permission) && !types.some((type) => code.referencesClass(type)),
  );
  if (candidates.length === 0) return [];
  const named = new Set<string>();
  for (const { value } of code.strings()) {
    for (const { permission, texts } of candidates)
      if (texts.some((text) => value.startsWith(text))) named.add(permission);
  }
  return candidates.flatMap(({ permission }) => {
    const element = asked.get(PREFIX + permission);
    if (element === undefined || named.has(permission)) return [];
    return [inManifest(element, 'nothing in the code names what it is for', 'name')];
  });
};

/** Permissions that an app asks for or defines. Sources: `<permission>` reference; Android, define a custom app permission. */
export const PERMISSION_FACT_RULES = manifestTable('permission', [
  {
    name: 'means-less-on-old-phones',
    title: 'A permission guards less, or something else, on older phones that the app supports',
    why: 'There the app may do the same without the owner being asked, or is asked for more. It judges nothing.',
    remedy: 'Ask in the app itself on older versions.',
    masvs: ['PRIVACY-1'],
    find: ({ manifest }) => {
      const min = manifest?.minSdk ?? null;
      if (manifest === null || min === null) return [];
      return manifest.permissions.flatMap(({ name, element }) => {
        const [, api = 0, before = ''] = PERMISSION_HISTORY.find(([own]) => PREFIX + own === name) ?? [];
        return min < api ? [inManifest(element, `below API level ${api}: ${before}`, 'name')] : [];
      });
    },
  },
  {
    name: 'unused',
    title: 'The app asks for a permission that nothing in its code seems to use',
    why: 'What is not used need not be granted; a library may bring such a wish along, or a later version may use it without asking again.',
    remedy: 'Remove the permission.',
    masvs: ['PRIVACY-1', 'PLATFORM-1'],
    cwe: [250],
    needs: ['manifest', 'code'],
    find: unused,
  },
  {
    name: 'misspelt',
    title: 'The app asks for a permission that nearly has a platform’s name',
    why: 'The platform grants nothing for it; another app can define it.',
    remedy: 'Correct the name.',
    masvs: ['PLATFORM-1'],
    find: misspelt,
  },
  {
    name: 'defines-platform-name',
    title: 'The app defines a permission under the platform’s or Google’s name',
    why: 'On phones where the real one is missing, the app decides who gets it, and people believe that it is the system’s.',
    remedy: 'Name permissions after the app’s own package.',
    severity: 'low',
    kind: 'declaration',
    points: 1,
    malice: { base: 1 },
    masvs: ['PLATFORM-1'],
    cwe: [732],
    find: ({ manifest }) =>
      (manifest?.declaredPermissions ?? [])
        .filter(({ name }) => /^(?:android\.permission\.|com\.android\.|com\.google\.android\.)/.test(name))
        .filter(
          ({ name }) =>
            !name.startsWith(`${manifest?.package}.`) &&
            !/^(?:android$|com\.android\.|com\.google\.)/.test(manifest?.package ?? ''),
        )
        .map(({ element }) => inManifest(element, 'a name of the platform', 'name')),
  },
  {
    name: 'open-to-all',
    title: 'The app defines a permission that every app gets for the asking',
    why: 'At level normal nobody is asked. That is right for what may be used by all, wrong as a lock.',
    remedy: 'Use android:protectionLevel="signature" among apps of one maker.',
    masvs: ['PLATFORM-1'],
    cwe: [732],
    find: ({ manifest }) =>
      (manifest?.declaredPermissions ?? [])
        .filter(({ protectionLevel }) => /^(?:|0|0x0+|normal)$/i.test(protectionLevel.split('|')[0] ?? ''))
        .map(({ element }) => inManifest(element, 'of level normal', 'name')),
  },
  {
    name: 'joins-platform-group',
    title: 'The app puts a permission of its own into a group of the platform',
    why: 'People are asked for the group (contacts, camera) and grant the app’s own permission along with it.',
    remedy: 'Leave the permission without a group.',
    severity: 'low',
    kind: 'declaration',
    points: 0.5,
    malice: { base: 0.5 },
    masvs: ['PLATFORM-1'],
    cwe: [732],
    find: ({ manifest }) =>
      (manifest?.declaredPermissions ?? [])
        .filter(({ element }) =>
          /^android\.permission-group\.(?!UNDEFINED$)/.test(attributeOf(element, 'permissionGroup') ?? ''),
        )
        .filter(() => manifest?.package !== 'android')
        .map(({ element }) => inManifest(element, 'joins this group', 'permissionGroup')),
  },
  {
    name: 'defines-tree',
    title: 'The app reserves a whole tree of permission names',
    why: 'It can define permissions below that name while it runs. Hardly any app needs it.',
    remedy: 'Define the permissions in the manifest.',
    masvs: ['PLATFORM-1'],
    find: ({ manifest }) =>
      childrenOf(manifest?.root, 'permission-tree').map((element) =>
        inManifest(element, 'reserves these names', 'name'),
      ),
  },
]);
