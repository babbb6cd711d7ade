import { Environment } from '@marcbachmann/cel-js';
import { isAtLeast, SEVERITIES, type Severity } from '@vedette/contracts';
import type { RE2JS } from 're2js';
import {
  APP_FIELDS,
  AppFact,
  DEVICE_FIELDS,
  DeviceFact,
  SIGNAL_FIELDS,
  SignalFact,
  THREAT_FIELDS,
  ThreatFact,
} from './cel-facts.ts';

/** Bounds of one condition. The text itself is bounded by the schema of `PolicyRule.when`. */
export const EXPRESSION_LIMITS = {
  maxAstNodes: 300,
  maxDepth: 24,
  maxListElements: 100,
  maxMapEntries: 20,
  maxCallArguments: 8,
} as const;
/** Longest pattern of `regex`, in UTF-16 units. */
export const MAX_PATTERN_LENGTH = 100;
/** Text that `regex` may look at during one evaluation, in UTF-16 units; more is an error of the rule, not a slow server. */
export const REGEX_TEXT_BUDGET = 200_000;

/** Compiled patterns and what is left of the text budget; the owner resets `textLeft` before each evaluation. */
export interface RegexState {
  readonly patterns: Map<string, RE2JS>;
  textLeft: number;
}

function severityOf(text: string): Severity {
  const severity = SEVERITIES.find((one) => one === text);
  if (severity === undefined) throw new Error(`"${text}" is not a severity; use ${SEVERITIES.join(', ')}`);
  return severity;
}

/**
 * The environment of a condition: Common Expression Language (https://github.com/google/cel-spec) over four variables, all types checked before a policy is saved.
 *
 * | variable | type | notes |
 * |---|---|---|
 * | `device` | `name`, `owner` (`""`: nobody), `platform` (`android`, `ios`), `simulated`, `attestation` (who vouches, best first: `strongbox`, `secure-enclave`, `trusted-environment`, `platform`; else `refused`, `stale` or `none`), `manufacturer`, `model`, `osVersion`, `sdkLevel` (int), `build`, `patchLevel` | from `manufacturer` on a field may be absent: ask `has(device.sdkLevel)` first, else the rule ends in an error and the decision is `unknown` |
 * | `signals["lock.screen"]` | `status` (`ok`, `bad`, `unknown`, `ignored`), `value`, `trust` (`""`: no evidence), `ageSeconds` (int; absent without evidence) | every signal of the catalogue is there; the name must be a literal |
 * | `threats` | list of `key`, `kind` (`device`, `app`, `network`), `type`, `title`, `severity`, `subject` (`""`: the device itself), `ageMinutes` (int) | open threats only: ignored and resolved ones are not in it |
 * | `apps` | list of `package`, `label`, `versionName`, `versionCode` (int, may be absent), `system`, `enabled`, `installer` (`""`: none recorded), `sha256`, `signers`, `permissions` (granted), `appraised`, `verdict`, `malice`, `dataRisk` | scores are 0 to 100, and -1 where the build was never appraised |
 *
 * A signal is `ignored` when its threat was ignored by an administrator, and stays `bad` while its threat is open even if newer evidence is missing.
 *
 * Functions: `has`, `size`, `contains`, `startsWith`, `endsWith`, `exists`, `exists_one`, `all`, `filter`, `map`, the conversions `int`, `double`, `string`, and ours:
 * `regex(text, "pattern")` is true when the pattern (RE2 syntax, a literal of at most 100 characters, linear time) is found in the text;
 * `atLeast(severity, "high")` is true when the severity is that bad or worse.
 *
 * Not available: `matches` (it would run on a backtracking engine), `cel.bind`, time of day (a decision must be repeatable), and `apps`/`threats` inside a
 * comprehension (the cost would be a product of two lists that a device controls).
 */
export function createCelEnvironment(regex: RegexState): Environment {
  return new Environment({ limits: EXPRESSION_LIMITS })
    .registerType('Device', { ctor: DeviceFact, fields: DEVICE_FIELDS })
    .registerType('Signal', { ctor: SignalFact, fields: SIGNAL_FIELDS })
    .registerType('Threat', { ctor: ThreatFact, fields: THREAT_FIELDS })
    .registerType('App', { ctor: AppFact, fields: APP_FIELDS })
    .registerVariable('device', 'Device')
    .registerVariable('signals', 'map<string, Signal>')
    .registerVariable('threats', 'list<Threat>')
    .registerVariable('apps', 'list<App>')
    .registerFunction('regex(string, string): bool', (text: string, pattern: string) => {
      const compiled = regex.patterns.get(pattern);
      if (compiled === undefined) throw new Error('regex takes a literal pattern');
      regex.textLeft -= text.length;
      if (regex.textLeft < 0) throw new Error(`regex looked at more than ${REGEX_TEXT_BUDGET} characters`);
      return compiled.test(text);
    })
    .registerFunction('atLeast(string, string): bool', (severity: string, threshold: string) =>
      isAtLeast(severityOf(severity), severityOf(threshold)),
    );
}
