import type { MarkFamily } from './mark-row.ts';

export const PACKERS: MarkFamily = {
  group: 'packer',
  title: (product) => `The app carries marks of ${product}, which hides code until run time`,
  why: 'What is in the package is a shell; the code behind it was not seen by this analysis. Makers protect games and banks like this, and much malware is packed.',
  remedy: 'Ask the maker for the app before packing, or watch it run.',
  severity: 'medium',
  kind: 'behaviour',
  malice: { base: 4 },
  mappings: { masvs: ['MASVS-RESILIENCE-3'], attack: ['T1406.002'] },
};

export const PROTECTORS: MarkFamily = {
  group: 'protector',
  title: (product) => `The app carries marks of ${product}, which protects apps while they run`,
  why: 'It checks its surroundings and may hide code or texts. That is usual for payment and games; it keeps analysis from seeing all.',
  remedy: 'Nothing to do, if the maker is known. What is hidden can only be seen while the app runs.',
  severity: 'info',
  kind: 'fact',
  mappings: { masvs: ['MASVS-RESILIENCE-1', 'MASVS-RESILIENCE-4'], attack: ['T1633.001'] },
};

export const OBFUSCATORS: MarkFamily = {
  group: 'obfuscator',
  title: (product) => `The app carries marks of ${product}, which makes code hard to read`,
  why: 'Texts and calls are hidden, so that rules that look for them can miss some.',
  remedy: 'Read an absence of findings with care.',
  severity: 'low',
  kind: 'fact',
  malice: { base: 1 },
  mappings: { masvs: ['MASVS-RESILIENCE-3'], attack: ['T1406'] },
};

export const MODIFIERS: MarkFamily = {
  group: 'packer',
  title: (product) => `The app carries marks of ${product}, which changes finished apps`,
  why: 'Somebody other than the maker may have changed the app, or code from elsewhere runs within it.',
  remedy: 'Get the app from its maker and compare the signer.',
  severity: 'medium',
  kind: 'behaviour',
  malice: { base: 8 },
  mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1407'] },
};

export const FRAMEWORKS: MarkFamily = {
  group: 'framework',
  title: (product) => `The app carries marks of ${product}`,
  why: 'A part of what the app does may be written in another language than Dalvik code, or loaded by the framework, where these rules do not look.',
  remedy: 'Look at the scripts or native code of the framework as well.',
  severity: 'info',
  kind: 'fact',
  mappings: { masvs: ['MASVS-CODE-3'] },
};
