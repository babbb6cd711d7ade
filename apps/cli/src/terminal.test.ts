import { describe, expect, it } from 'vitest';
import { printable } from './terminal.ts';
import { createFakeTerminal } from './testing/fake-terminal.ts';

const coloured = (isTTY: boolean, env: Record<string, string> = {}): boolean =>
  createFakeTerminal({ isTTY, env }).terminal.color.isColorSupported;

describe('createTerminal', () => {
  it('colours on a terminal only, and not against NO_COLOR or a dumb terminal', () => {
    expect([coloured(true), coloured(false)]).toEqual([true, false]);
    expect([
      coloured(true, { NO_COLOR: '1' }),
      coloured(true, { TERM: 'dumb' }),
      coloured(true, { NO_COLOR: '' }),
    ]).toEqual([false, false, true]);
  });

  it('shows progress to a person only, and clears it before anything else is written', () => {
    const piped = createFakeTerminal();
    piped.terminal.progress('reading');
    piped.terminal.remark('written');
    expect(piped.stderr()).toBe('');
    const live = createFakeTerminal({ isTTY: true });
    live.terminal.progress('reading');
    live.terminal.note('done');
    expect(live.stderr()).toBe('reading\r\u001b[Kdone\n');
  });
});

describe('printable', () => {
  it('takes escape sequences, control characters and direction marks out of text', () => {
    expect(printable('a\u001b[31mb\u001b]0;title\u0007c')).toBe('abc');
    expect(printable('gpj\u202eexe\u0000\u009b')).toBe('gpj\\u202eexe\\u0000\\u009b');
    expect(printable('Grüße\n\t日本')).toBe('Grüße\n\t日本');
  });
});
