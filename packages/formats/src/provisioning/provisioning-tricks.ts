import type { Trick } from '../trick.ts';

/** Tricks played with provisioning profiles, and what their kind says about how an app gets onto devices. */
export const PROVISIONING_TRICKS: readonly Trick[] = [
  {
    number: 79,
    id: 'provisioning.unsigned',
    title: 'A profile without a signature',
    platform: 'Refused by iOS; jailbroken devices and simulators take it',
    made: 'hostile',
  },
  {
    number: 79,
    id: 'provisioning.signature',
    title: 'The signature of the profile does not hold',
    platform: 'Refused',
    made: 'hostile',
  },
  {
    number: 79,
    id: 'provisioning.signer',
    title: 'The profile is signed, but not in the name of Apple',
    platform: 'Refused: the chain must end at Apple’s certificates',
    made: 'hostile',
  },
  {
    number: 79,
    id: 'provisioning.expired',
    title: 'The profile expired',
    platform: 'Apps do not start any more; a device whose clock was set back starts them',
    made: 'honest',
  },
  {
    number: 79,
    id: 'provisioning.all-devices',
    title: 'The profile lets an app be installed on any device, past the store',
    platform: 'Installed after the user trusts the enterprise; much malware for iOS came so',
    made: 'unusual',
  },
  {
    number: 79,
    id: 'provisioning.get-task-allow',
    title: 'The profile lets debuggers attach',
    platform: 'Installed on devices of the list in developer mode',
    made: 'honest',
  },
  {
    number: 79,
    id: 'provisioning.wildcard',
    title: 'The profile is for any app of its team',
    platform: 'Installed; push messages and some other entitlements cannot be had so',
    made: 'honest',
  },
  {
    number: 79,
    id: 'provisioning.devices',
    title: 'The profile lists the devices that it is for',
    platform: 'Installed on these devices alone',
    made: 'honest',
  },
];
