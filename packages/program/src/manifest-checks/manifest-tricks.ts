import type { Trick } from '@vedette/formats';

function trick(number: number, id: string, made: Trick['made'], title: string, platform: string): Trick {
  return { number, id, made, title, platform };
}

const REFUSED = 'Does not install the app';

/** Deviations of what a manifest says, and what AOSP's `ParsingPackageUtils` does with them. */
export const MANIFEST_TRICKS: readonly Trick[] = [
  trick(45, 'manifest.root', 'hostile', 'The root element is not <manifest>', REFUSED),
  trick(45, 'manifest.several-applications', 'hostile', 'More than one <application>', 'Takes the first and warns'),
  trick(
    46,
    'manifest.value.unresolved',
    'unusual',
    'A flag is a resource whose values are not all known',
    'Takes the value for the device at installation; the default where there is none',
  ),
  trick(46, 'manifest.value.resource', 'unusual', 'A flag is a resource', 'Takes its value'),
  trick(
    46,
    'manifest.value.varies',
    'hostile',
    'A flag is true for some devices and false for others',
    'Takes the value for the device at installation',
  ),
  trick(47, 'manifest.component.unnamed', 'hostile', 'A component has no name', REFUSED),
  trick(
    47,
    'manifest.component.name',
    'hostile',
    'The name of a component deceives the eye, or cannot be that of a class',
    'Installs the app; the component cannot be started if there is no such class',
  ),
  trick(47, 'manifest.alias.target', 'hostile', 'An alias whose activity is not declared before it', REFUSED),
  trick(
    47,
    'manifest.component.missing-class',
    'unusual',
    'The class of a component is not in the code',
    'Installs the app; the component fails unless code loaded before has the class',
  ),
  trick(
    48,
    'manifest.duplicate',
    'hostile',
    'Several entries are called AndroidManifest.xml',
    'Refuses the archive since Android 5; before, took the first or the last',
  ),
  trick(
    48,
    'manifest.decoy',
    'hostile',
    'An entry is called almost as the manifest',
    'Opens the entry of exactly the name',
  ),
  trick(
    49,
    'manifest.sdk.codename',
    'unusual',
    'A version of the platform is a code name',
    'Installs only on a platform in development of that name',
  ),
  trick(
    49,
    'manifest.sdk.range',
    'hostile',
    'A version of the platform is negative, zero, or above 10000',
    'Installs where the number is not above its own; a target of 10000 counts as the newest',
  ),
  trick(
    49,
    'manifest.sdk.order',
    'hostile',
    'Bounds of the platform contradict each other',
    'Looks only at the minimum when installing',
  ),
  trick(
    49,
    'manifest.sdk.missing',
    'unusual',
    'There is no <uses-sdk>',
    'Takes 1 for both; since Android 14 does not install a target below 23',
  ),
  trick(49, 'manifest.sdk.several', 'hostile', 'More than one <uses-sdk>', 'Takes the last'),
  trick(50, 'manifest.package', 'hostile', 'The manifest names no package', REFUSED),
  trick(50, 'manifest.package.invalid', 'hostile', 'The package has a name that it cannot have', REFUSED),
  trick(
    50,
    'manifest.split.in-base',
    'hostile',
    'The base says that it is a split',
    'Does not install a set without a base',
  ),
  trick(
    50,
    'manifest.shared-user',
    'unusual',
    'The app shares a user with others',
    'Lets apps of one signer share; a user of the system needs the key of the platform',
  ),
  trick(50, 'manifest.test-only', 'unusual', 'The app is marked as for tests only', 'Installs it only by adb with -t'),
];
