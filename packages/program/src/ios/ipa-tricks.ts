import type { Trick } from '@vedette/formats';

/** Tricks played with IPA archives and the bundles in them. Symbolic links are `zip.entry.symlink`, keys that stand twice `plist.duplicate-key`. */
export const IPA_TRICKS: readonly Trick[] = [
  {
    number: 80,
    id: 'ipa.several-apps',
    title: 'Several apps in one archive',
    platform: 'One of them is installed, the others are left out; which one differs between installers',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'ipa.wrapped',
    title: 'The Payload folder is inside of another folder',
    platform: 'Not installed; made by packing the wrong folder',
    made: 'unusual',
  },
  {
    number: 80,
    id: 'ipa.nested',
    title: 'The app brings extensions, a watch app or other nested apps',
    platform: 'Installed with it, each with code and entitlements of its own',
    made: 'honest',
  },
  {
    number: 80,
    id: 'ipa.bundle-id.mismatch',
    title: 'A nested app or extension whose identifier does not begin with that of the app',
    platform: 'Refused on installation',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'ipa.info.missing',
    title: 'A bundle without Info.plist',
    platform: 'No bundle: the app is refused, nested code is not loaded as a bundle',
    made: 'unusual',
  },
  {
    number: 80,
    id: 'ipa.info.malformed',
    title: 'An Info.plist that is no dictionary',
    platform: 'Refused',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'ipa.code.disguised',
    title: 'Mach-O code that no bundle names, whatever its file is called',
    platform: 'Loaded only by code of the app itself',
    made: 'hostile',
  },
  {
    number: 80,
    id: 'ipa.library.injected',
    title: 'Code of the app loads a library of the bundle that belongs to no framework',
    platform: 'Loaded before the app starts, if its signature holds',
    made: 'hostile',
  },
];
