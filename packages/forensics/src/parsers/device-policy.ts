import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

const ADMINS = /^\s*Enabled Device Admins \(User (\d{1,4})\b/;
const COMPONENT = /^\s+([A-Za-z]\w*(?:\.\w+)+)\/[\w.$]+:\s*$/;
const OWNER = /^\s*(Device Owner|Profile Owner)(?: \(User \d{1,4}\))?:/;
const OWNER_PACKAGE = /^\s+(?:package=|admin=ComponentInfo\{)([A-Za-z]\w*(?:\.\w+)+)/;

/**
 * `dumpsys device_policy` (AOSP `DevicePolicyManagerService.dump`, `Owners.dump`): under `Enabled Device Admins (User 0, …):` a line `pkg/.Receiver:` for each administrator, and `Device Owner:` or
 * `Profile Owner (User 10):` with `admin=ComponentInfo{pkg/…}` below.
 */
export function createDevicePolicyReader(builder: EvidenceBuilder, file: string): LineReader {
  const admins = new Set<string>();
  let section: 'admins' | 'device-owner' | 'profile-owner' | null = null;
  let sections = 0;
  let refused: { text: string; line: number } | null = null;
  return {
    line(text, number) {
      if (ADMINS.test(text)) {
        section = 'admins';
        sections += 1;
        return;
      }
      const owner = OWNER.exec(text)?.[1];
      if (owner !== undefined) {
        section = owner === 'Device Owner' ? 'device-owner' : 'profile-owner';
        return;
      }
      if (section === 'admins') {
        const name = COMPONENT.exec(text)?.[1];
        if (name === undefined) return;
        admins.add(name);
        builder.observe('device-policy.admin', name, { file, line: number });
      } else if (section !== null) {
        const name = OWNER_PACKAGE.exec(text)?.[1];
        if (name === undefined) return;
        builder.observe(`device-policy.${section}`, name, { file, line: number });
        section = null;
      } else if (refused === null && isDenial(text)) refused = { text, line: number };
    },
    end() {
      if (sections > 0) builder.observe('device-policy.admin.count', String(admins.size), { file });
      else if (refused !== null) builder.denied('device_policy', refused.text, { file, line: refused.line });
    },
  };
}
