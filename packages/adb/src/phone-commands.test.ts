import { readFileSync } from 'node:fs';
import { commandSlug } from '@vedette/forensics';
import { describe, expect, it } from 'vitest';
import { FIRST_COMMAND, PHONE_COMMANDS } from './phone-commands.ts';

describe('what a phone is asked', () => {
  const wordings = PHONE_COMMANDS.flatMap(({ command, instead = [] }) => [command, ...instead]);

  it('begins with the question that every phone answers', () => {
    expect(PHONE_COMMANDS[0]?.command).toBe(FIRST_COMMAND);
  });

  it('gets a file of its own for every answer', () => {
    expect(new Set(wordings.map(commandSlug)).size).toBe(wordings.length);
  });

  it('only reads: no wording joins commands, redirects, or changes anything', () => {
    for (const wording of wordings) {
      expect(wording).toMatch(/^[\w\s./%+-]+$/);
      expect(wording).toMatch(
        /^(?:getprop|(?:cmd )?settings list \w+|pm list packages .*|getenforce|mount|cat \/proc\/mounts|ps(?: -A)?|which .*|ls .*|locksettings get-\w+|bmgr enabled|date \+%s|cmd appops query-op .*|dumpsys \w+|dumpsys batterystats -c|dumpsys netstats detail)$/,
      );
    }
  });

  it('is listed for the people who are asked to allow it', () => {
    const page = readFileSync(new URL('../../../docs/check-a-phone.md', import.meta.url), 'utf8');
    for (const { command } of PHONE_COMMANDS) expect(page).toContain(`\`${command}\``);
  });
});
