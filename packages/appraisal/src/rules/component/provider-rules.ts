import type { XmlElement } from '@vedette/formats';
import { attributeOf } from '../../evidence.ts';
import { xmlAttribute } from '../../resource-xml.ts';
import { manifestTable } from '../../rule-table.ts';
import { childrenOf, componentsWhere, inResources } from '../manifest/find-elements.ts';

const has = (element: Parameters<typeof attributeOf>[0], name: string): boolean =>
  attributeOf(element, name) !== undefined;
const WHOLE = /^(?:\.|\.?\/|)$/;

/** Elements of a FileProvider's `<paths>` that share a whole directory. */
function wholeDirectories(root: XmlElement, kinds: RegExp) {
  return root.children
    .filter(({ name }) => kinds.test(name))
    .filter((element) => WHOLE.test(xmlAttribute(element, 'path') ?? ''))
    .map((element) => ({ element, note: `<${element.name}> shares the whole directory` }));
}

/** Content providers: who may read and write, and what they hand out. Sources: `<provider>` reference; androidx.core.content.FileProvider. */
export const PROVIDER_RULES = manifestTable('component', [
  {
    name: 'provider-open-for-writing',
    title: 'A content provider asks for a permission to read but not to write',
    why: 'Every app can change the data, and by that what this app does.',
    remedy: 'Use android:permission, which is for both.',
    severity: 'medium',
    points: 3,
    classes: ['vulnerability'],
    masvs: ['PLATFORM-1'],
    cwe: [926],
    find: componentsWhere(
      ({ kind, exported, element }) =>
        kind === 'provider' &&
        exported &&
        !has(element, 'permission') &&
        has(element, 'readPermission') &&
        !has(element, 'writePermission'),
      'only reading is guarded',
      'readPermission',
    ),
  },
  {
    name: 'provider-open-for-reading',
    title: 'A content provider asks for a permission to write but not to read',
    why: 'Every app can read the data.',
    remedy: 'Use android:permission, which is for both, unless the data is public.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability', 'data-leak'],
    masvs: ['PLATFORM-1'],
    cwe: [926],
    find: componentsWhere(
      ({ kind, exported, element }) =>
        kind === 'provider' &&
        exported &&
        !has(element, 'permission') &&
        has(element, 'writePermission') &&
        !has(element, 'readPermission'),
      'only writing is guarded',
      'writePermission',
    ),
  },
  {
    name: 'provider-path-gap',
    title: 'A content provider guards some paths and leaves the others open',
    why: 'Paths can often be written in another way (//, /./, capital letters) and then miss the guard.',
    remedy: 'Guard the whole provider, and open single paths.',
    severity: 'low',
    points: 1.5,
    classes: ['vulnerability'],
    masvs: ['PLATFORM-1'],
    cwe: [926],
    find: componentsWhere(
      ({ kind, exported, element }) =>
        kind === 'provider' &&
        exported &&
        !['permission', 'readPermission', 'writePermission'].some((name) => has(element, name)) &&
        childrenOf(element, 'path-permission').length > 0,
      'only some paths are guarded',
    ),
  },
  {
    name: 'provider-grants-everything',
    title: 'A content provider may hand out access to any of its paths',
    why: 'The grant is by address: whoever gets the app to pass a certain address on gets what it names.',
    remedy: 'Name the paths that may be granted.',
    points: 0.5,
    masvs: ['PLATFORM-1'],
    cwe: [926],
    find: componentsWhere(
      ({ kind, element }) =>
        kind === 'provider' &&
        childrenOf(element, 'grant-uri-permission').some(
          (child) =>
            attributeOf(child, 'pathPrefix') === '/' || /^\/?\.\*$/.test(attributeOf(child, 'pathPattern') ?? ''),
        ),
      'every path may be granted',
    ),
  },
  {
    name: 'provider-open-on-old-phones',
    title: 'A content provider does not say whether it is exported, and is on Android 4.1',
    why: 'Before API level 17 providers were open to every app unless they said otherwise.',
    remedy: 'Set android:exported.',
    points: 0.5,
    masvs: ['PLATFORM-1'],
    cwe: [926],
    find: componentsWhere(
      ({ kind, element }, { manifest }) =>
        kind === 'provider' && !has(element, 'exported') && manifest?.minSdk !== null && (manifest?.minSdk ?? 99) < 17,
      'the default is open below API level 17',
    ),
  },
  {
    name: 'file-provider-shares-root',
    title: 'A file provider can share any file of the phone that the app can read',
    why: 'One address that somebody else chooses hands out databases, preferences and keys.',
    remedy: 'Remove <root-path>, and name single directories.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['PLATFORM-1', 'STORAGE-2'],
    cwe: [552],
    needs: ['manifest', 'archive'],
    find: inResources('paths', ({ root }) =>
      root.children
        .filter(({ name }) => name === 'root-path')
        .map((element) => ({ element, note: '<root-path> shares everything' })),
    ),
  },
  {
    name: 'file-provider-shares-private-directory',
    title: 'A file provider can share all private files of a directory',
    why: 'What is put there later is shared as well. A directory for the purpose would not be.',
    remedy: 'Share a directory below files or cache.',
    points: 0.5,
    masvs: ['PLATFORM-1', 'STORAGE-2'],
    cwe: [552],
    needs: ['manifest', 'archive'],
    find: inResources('paths', ({ root }) => wholeDirectories(root, /^files-path$/)),
  },
  {
    name: 'file-provider-shares-storage',
    title: 'A file provider can share all of the shared storage',
    why: 'Pictures and documents of all apps can be handed on. It judges nothing: cameras and mail apps do.',
    remedy: 'Name the directory.',
    masvs: ['STORAGE-2'],
    needs: ['manifest', 'archive'],
    find: inResources('paths', ({ root }) => wholeDirectories(root, /^external-path$/)),
  },
]);
