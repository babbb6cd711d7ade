import { codeRule } from '../../code-rule.ts';
import { atCall, atString } from '../../evidence.ts';
import { hit } from '../../rule.ts';

const found = codeRule(
  {
    name: 'debugger-check',
    title: 'The app checks whether it is being debugged',
    why: 'Banking apps and games protect themselves so; malware keeps quiet before an analyst.',
    remedy: 'Nothing to do.',
    severity: 'info',
    kind: 'fact',
    malice: { base: 1, inLibrary: 0.5 },
    mappings: { masvs: ['MASVS-RESILIENCE-4'], attack: ['T1633.001'] },
  },
  (_image, ctx) =>
    hit([
      ...ctx
        .calls(
          { class: 'android.os.Debug', name: 'isDebuggerConnected' },
          { class: 'android.os.Debug', name: 'waitingForDebugger' },
          { class: 'android.os.Debug', name: 'threadCpuTimeNanos' },
        )
        .map((call) => atCall(call, 'asks for a debugger')),
      ...ctx
        .stringLoads((value) => value === 'TracerPid' || value === 'TracerPid:')
        .map((site) => atString(site, 'looks for a tracing process')),
    ]),
);

export const debuggerCheck = { ...found, id: 'android.evasion.debugger-check' };
