import { callRule } from '../../call-rule.ts';

export const clipboardListener = callRule({
  name: 'clipboard-listener',
  title: 'The app is told of everything that is copied',
  why: 'What people copy is often a password, a code or an account number.',
  remedy: 'Read the clipboard when the owner pastes, and not before.',
  calls: [{ class: 'android.content.ClipboardManager', name: 'addPrimaryClipChangedListener' }],
  note: 'listens to the clipboard',
  severity: 'low',
  kind: 'behaviour',
  malice: { base: 2, inLibrary: 0.5 },
  dataRisk: { base: 4, inLibrary: 1 },
  mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1414'], cwe: ['CWE-200'] },
});
