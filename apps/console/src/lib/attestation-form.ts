import { type AttestationSettings, AttestationSettingsChange } from '@vedette/contracts';

export type RootKind = 'keyAttestation' | 'appAttest' | 'managedDevice';
export interface RootRow {
  readonly kind: RootKind;
  readonly label: string;
  readonly pem: string;
}

/** The settings as a person writes them: lists as lines. */
export interface AttestationForm {
  readonly maxAgeHours: string;
  readonly roots: readonly RootRow[];
  readonly bootKeys: string;
  /** `package sha256`, one a line. */
  readonly applications: string;
  readonly minPatchLevel: string;
  readonly sharedKeyLimit: string;
  readonly playPackage: string;
  readonly playSigners: string;
  readonly playMinVersion: string;
  readonly allowUnrecognized: boolean;
  readonly requirePlayProtect: boolean;
  readonly refuseAccessRisk: boolean;
  /** Empty: kept as they are. */
  readonly playDecryption: string;
  readonly playVerification: string;
  readonly appIds: string;
  readonly allowDevelopment: boolean;
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function formOf(settings: AttestationSettings): AttestationForm {
  const { keyAttestation, playIntegrity, appAttest, managedDevice } = settings;
  const rows = (kind: RootKind, roots: readonly { label: string; pem: string }[]): RootRow[] =>
    roots.map(({ label, pem }) => ({ kind, label, pem }));
  return {
    maxAgeHours: String(settings.maxAgeHours),
    roots: [
      ...rows('keyAttestation', keyAttestation.roots),
      ...rows('appAttest', appAttest?.roots ?? []),
      ...rows('managedDevice', managedDevice.roots),
    ],
    bootKeys: keyAttestation.bootKeys.join('\n'),
    applications: keyAttestation.applications.map((app) => `${app.package} ${app.signer}`).join('\n'),
    minPatchLevel: keyAttestation.minPatchLevel ?? '',
    sharedKeyLimit: String(keyAttestation.sharedKeyLimit),
    playPackage: playIntegrity?.packageName ?? '',
    playSigners: playIntegrity?.signers.join('\n') ?? '',
    playMinVersion: playIntegrity?.minVersionCode?.toString() ?? '',
    allowUnrecognized: playIntegrity?.allowUnrecognized ?? false,
    requirePlayProtect: playIntegrity?.requirePlayProtect ?? false,
    refuseAccessRisk: playIntegrity?.refuseAccessRisk ?? false,
    playDecryption: '',
    playVerification: '',
    appIds: appAttest?.appIds.join('\n') ?? '',
    allowDevelopment: appAttest?.environments.includes('development') ?? false,
  };
}

/** The settings that a form stands for, with what is wrong in it. A part whose first field is empty is switched off. */
export function changeOf(form: AttestationForm) {
  const rootsOf = (kind: RootKind) =>
    form.roots.filter((row) => row.kind === kind).map(({ label, pem }) => ({ label: label.trim(), pem: pem.trim() }));
  const appIds = lines(form.appIds);
  const keys =
    form.playDecryption.trim() === '' && form.playVerification.trim() === ''
      ? null
      : { decryption: form.playDecryption.trim(), verification: form.playVerification.trim() };
  return AttestationSettingsChange.safeParse({
    settings: {
      maxAgeHours: Number(form.maxAgeHours),
      keyAttestation: {
        roots: rootsOf('keyAttestation'),
        bootKeys: lines(form.bootKeys).map((key) => key.toLowerCase()),
        applications: lines(form.applications).map((line) => {
          const [name, signer] = line.split(/\s+/);
          return { package: name ?? '', signer: (signer ?? '').replaceAll(':', '').toLowerCase() };
        }),
        minPatchLevel: form.minPatchLevel.trim() === '' ? null : form.minPatchLevel.trim(),
        sharedKeyLimit: Number(form.sharedKeyLimit),
      },
      playIntegrity:
        form.playPackage.trim() === ''
          ? null
          : {
              packageName: form.playPackage.trim(),
              signers: lines(form.playSigners).map((signer) => signer.replaceAll(':', '').toLowerCase()),
              minVersionCode: form.playMinVersion.trim() === '' ? null : Number(form.playMinVersion),
              allowUnrecognized: form.allowUnrecognized,
              requirePlayProtect: form.requirePlayProtect,
              refuseAccessRisk: form.refuseAccessRisk,
            },
      appAttest:
        appIds.length === 0
          ? null
          : {
              appIds,
              roots: rootsOf('appAttest'),
              environments: form.allowDevelopment ? ['production', 'development'] : ['production'],
            },
      managedDevice: { roots: rootsOf('managedDevice') },
    },
    playIntegrityKeys: keys,
  });
}
