import type { Mappings } from '@vedette/contracts';
import { hit, type Rule, type Weight } from '../../rule.ts';
import { inInfo, runningBundles } from './ios-evidence.ts';

interface UsageRule {
  /** Last part of the id: `ios.permission.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly why: string;
  /** Keys of Info.plist; the platform grants nothing to an app without one of them. */
  readonly keys: readonly string[];
  readonly dataRisk: Weight;
  readonly malice?: Weight;
  readonly mappings: Mappings;
}

const SPECS: readonly UsageRule[] = [
  {
    name: 'camera',
    title: 'The app may ask for the camera',
    why: 'Pictures and films of the surroundings can be taken while the app is seen.',
    keys: ['NSCameraUsageDescription'],
    dataRisk: { base: 1 },
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1512'] },
  },
  {
    name: 'microphone',
    title: 'The app may ask for the microphone',
    why: 'Talk in the room can be recorded.',
    keys: ['NSMicrophoneUsageDescription'],
    dataRisk: { base: 2 },
    malice: { base: 0.5 },
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1429'] },
  },
  {
    name: 'location-always',
    title: 'The app may ask for the place of the device at all times',
    why: 'It can then follow its user while it is not seen.',
    keys: ['NSLocationAlwaysAndWhenInUseUsageDescription', 'NSLocationAlwaysUsageDescription'],
    dataRisk: { base: 3 },
    malice: { base: 1 },
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1430'] },
  },
  {
    name: 'contacts',
    title: 'The app may ask for the contacts',
    why: 'Names, numbers and addresses of other people can be copied.',
    keys: ['NSContactsUsageDescription'],
    dataRisk: { base: 2 },
    malice: { base: 0.5 },
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.003'] },
  },
  {
    name: 'calendar',
    title: 'The app may ask for the calendar',
    why: 'Appointments and who takes part in them can be read.',
    keys: ['NSCalendarsUsageDescription', 'NSCalendarsFullAccessUsageDescription'],
    dataRisk: { base: 1 },
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.001'] },
  },
  {
    name: 'photos',
    title: 'The app may ask for the photo library',
    why: 'Pictures, and the places where they were taken, can be read.',
    keys: ['NSPhotoLibraryUsageDescription'],
    dataRisk: { base: 1 },
    mappings: { masvs: ['MASVS-PRIVACY-1'] },
  },
  {
    name: 'health',
    title: 'The app may ask for health data',
    why: 'Health data need more care than any other.',
    keys: [
      'NSHealthShareUsageDescription',
      'NSHealthUpdateUsageDescription',
      'NSHealthClinicalHealthRecordsShareUsageDescription',
    ],
    dataRisk: { base: 2 },
    mappings: { masvs: ['MASVS-PRIVACY-1'] },
  },
  {
    name: 'local-network',
    title: 'The app may ask to talk to devices on the local network',
    why: 'It can find the devices of a home or an office, and tell from them where it is.',
    keys: ['NSLocalNetworkUsageDescription'],
    dataRisk: { base: 1 },
    mappings: { masvs: ['MASVS-PRIVACY-1'] },
  },
  {
    name: 'tracking',
    title: 'The app may ask to track its user across apps',
    why: 'With the advertising identifier, makers of different apps can put together what one person does.',
    keys: ['NSUserTrackingUsageDescription'],
    dataRisk: { base: 1 },
    mappings: { masvs: ['MASVS-PRIVACY-2'] },
  },
];

/**
 * Rules on what the app may ask its user for, told from the texts in Info.plist. Asking is not getting, and honest apps
 * ask too: the weights are small. Source: Apple, Information Property List reference, protected resources.
 */
export const IOS_PERMISSION_RULES: readonly Rule[] = SPECS.map(usageRule);

function usageRule(spec: UsageRule): Rule {
  return {
    id: `ios.permission.${spec.name}`,
    version: 1,
    title: spec.title,
    why: spec.why,
    remedy: 'Grant it only if what the app is for needs it; Settings can take it back.',
    severity: 'info',
    kind: 'declaration',
    needs: ['manifest'],
    ...(spec.malice === undefined ? {} : { malice: spec.malice }),
    dataRisk: spec.dataRisk,
    classes: [],
    mappings: spec.mappings,
    run: ({ ios }) =>
      hit(
        runningBundles(ios).flatMap((bundle) =>
          spec.keys.flatMap((key) => {
            const text = bundle.usageDescriptions.get(key);
            return text === undefined ? [] : [inInfo(bundle, `${key}: ${JSON.stringify(text.slice(0, 120))}`)];
          }),
        ),
      ),
  };
}
