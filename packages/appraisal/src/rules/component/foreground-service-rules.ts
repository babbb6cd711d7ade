import type { ManifestComponent } from '@vedette/program';
import { attributeOf, inManifest } from '../../evidence.ts';
import { asksFor } from '../../manifest-queries.ts';
import { manifestTable } from '../../rule-table.ts';

/** Bits of `foregroundServiceType` with the permission that Android 14 asks for. Source: android.content.pm.ServiceInfo. */
const TYPES: readonly (readonly [bit: number, name: string, permission: string])[] = [
  [0x1, 'dataSync', 'FOREGROUND_SERVICE_DATA_SYNC'],
  [0x2, 'mediaPlayback', 'FOREGROUND_SERVICE_MEDIA_PLAYBACK'],
  [0x4, 'phoneCall', 'FOREGROUND_SERVICE_PHONE_CALL'],
  [0x8, 'location', 'FOREGROUND_SERVICE_LOCATION'],
  [0x10, 'connectedDevice', 'FOREGROUND_SERVICE_CONNECTED_DEVICE'],
  [0x20, 'mediaProjection', 'FOREGROUND_SERVICE_MEDIA_PROJECTION'],
  [0x40, 'camera', 'FOREGROUND_SERVICE_CAMERA'],
  [0x80, 'microphone', 'FOREGROUND_SERVICE_MICROPHONE'],
  [0x100, 'health', 'FOREGROUND_SERVICE_HEALTH'],
  [0x200, 'remoteMessaging', 'FOREGROUND_SERVICE_REMOTE_MESSAGING'],
  [0x4000_0000, 'specialUse', 'FOREGROUND_SERVICE_SPECIAL_USE'],
];
const SENSING = new Set(['location', 'mediaProjection', 'camera', 'microphone']);

/** The types of a service by name, whether the manifest has bits or names. */
function typesOf({ kind, element }: ManifestComponent): readonly string[] {
  const value = kind === 'service' ? attributeOf(element, 'foregroundServiceType') : undefined;
  if (value === undefined) return [];
  const bits = Number(value);
  if (Number.isNaN(bits)) return value.split('|');
  return TYPES.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
}

/** Services that go on while the app is not in front. Source: Android 14, foreground service types are required. */
export const FOREGROUND_SERVICE_RULES = manifestTable('component', [
  {
    name: 'service-senses',
    title: 'A service goes on with camera, microphone, screen or location when the app is left',
    why: 'The owner sees a notification, and nothing else of it.',
    remedy: 'Stop the service when the app is left, unless the owner asked for it.',
    kind: 'declaration',
    points: 0.5,
    masvs: ['PRIVACY-1'],
    attack: ['T1541'],
    find: ({ manifest }) =>
      (manifest?.components ?? []).flatMap((component) => {
        const types = typesOf(component).filter((type) => SENSING.has(type));
        return types.length === 0
          ? []
          : [inManifest(component.element, `goes on with ${types.join(', ')}`, 'foregroundServiceType')];
      }),
  },
  {
    name: 'service-type-without-permission',
    title: 'A service has a type whose permission the app does not ask for',
    why: 'Android 14 and later stop the app when it starts such a service.',
    remedy: 'Ask for the permission of the type.',
    masvs: ['CODE-1'],
    find: (image) =>
      (image.manifest?.targetSdk ?? 0) < 34
        ? []
        : (image.manifest?.components ?? []).flatMap((component) => {
            const types = typesOf(component);
            const missing = TYPES.filter(([, name, permission]) => types.includes(name) && !asksFor(image, permission));
            return missing.map(([, name, permission]) =>
              inManifest(component.element, `${name} needs ${permission}`, 'foregroundServiceType'),
            );
          }),
  },
  {
    name: 'service-type-missing',
    title: 'The app runs services in the foreground and gives none of them a type',
    why: 'For target SDK 34 and later Android refuses to start them.',
    remedy: 'Set android:foregroundServiceType.',
    masvs: ['CODE-1'],
    find: (image) => {
      const { manifest } = image;
      if ((manifest?.targetSdk ?? 0) < 34 || !asksFor(image, 'FOREGROUND_SERVICE')) return [];
      const isTyped = (manifest?.components ?? []).some((component) => typesOf(component).length > 0);
      if (isTyped) return [];
      return (manifest?.permissions ?? [])
        .filter(({ name }) => name === 'android.permission.FOREGROUND_SERVICE')
        .map(({ element }) => inManifest(element, 'no service has a type', 'name'));
    },
  },
]);
