import { describe, expect, it } from 'vitest';
import { enrolCommand } from './enrol-command.ts';

describe('enrolCommand', () => {
  it('is one line for a shell', () => {
    expect(enrolCommand('https://mtd.example.org', 'abc-123_X')).toBe(
      'npx vedette agent --server https://mtd.example.org --token abc-123_X --evidence PATH',
    );
  });
  it('lets nothing from a prepared link reach the shell', () => {
    expect(enrolCommand('https://mtd.example.org', 'a; rm -rf ~ $(x) `y`')).not.toMatch(/[;$()`]/);
  });
});
