import type { Trick } from '@vedette/formats';

const SET_REFUSED = 'The installer refuses the set';
const NOT_LOADED = 'Nothing loads it; the app may do so itself';

/** Tricks that only show when an app is looked at as a whole: what is nested in it, and how its files belong together. */
export const CONTAINER_TRICKS: readonly Trick[] = [
  {
    number: 27,
    id: 'nested.disguised',
    title: 'A program, library or app has a name that says something else',
    platform: NOT_LOADED,
    made: 'unusual',
  },
  { number: 27, id: 'nested.app', title: 'An app is packed inside of the app', platform: NOT_LOADED, made: 'unusual' },
  {
    number: 27,
    id: 'budget.nested',
    title: 'Archives lie so deep or are so large that not all was looked into',
    platform: NOT_LOADED,
    made: 'unusual',
  },
  {
    number: 27,
    id: 'container.set.no-base',
    title: 'No APK of the set is a base',
    platform: SET_REFUSED,
    made: 'unusual',
  },
  {
    number: 27,
    id: 'container.set.several-bases',
    title: 'Several APKs of the set are a base',
    platform: SET_REFUSED,
    made: 'unusual',
  },
  {
    number: 27,
    id: 'container.set.other-package',
    title: 'A split belongs to another app than the base',
    platform: SET_REFUSED,
    made: 'hostile',
  },
  {
    number: 27,
    id: 'container.set.other-signer',
    title: 'A split is signed by somebody else than the base',
    platform: SET_REFUSED,
    made: 'hostile',
  },
  {
    number: 27,
    id: 'container.set.duplicate-split',
    title: 'Two splits have the same name',
    platform: SET_REFUSED,
    made: 'unusual',
  },
  {
    number: 70,
    id: 'code.dex-gap',
    title: 'The numbering of the DEX files has a gap',
    platform: 'Loads the files before the gap and none behind it',
    made: 'unusual',
  },
  {
    number: 70,
    id: 'code.class.duplicate',
    title: 'Classes are defined more than once',
    platform: 'Takes the first definition, in the order of the files',
    made: 'unusual',
  },
  {
    number: 70,
    id: 'code.dex-magic',
    title: 'A file called as code is no code',
    platform: 'Does not load the app, unless the file is behind a gap',
    made: 'unusual',
  },
  {
    number: 70,
    id: 'native.not-elf',
    title: 'A file called as a native library is none',
    platform: 'Unpacks it with the libraries; loading it fails',
    made: 'unusual',
  },
];
