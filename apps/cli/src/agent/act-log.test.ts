import type { Flushed } from '@vedette/agent';
import type { ReportAck } from '@vedette/contracts';
import { expect, it } from 'vitest';
import { createFakeTerminal } from '../testing/fake-terminal.ts';
import { createActLog } from './act-log.ts';

const STANDING: NonNullable<ReportAck['standing']> = {
  riskLevel: 'high',
  compliance: 'non-compliant',
  reasons: [{ title: 'USB debugging is on', remedy: 'Turn it off' }],
};

function ack(sequence: number, over: Partial<ReportAck> = {}): ReportAck {
  return {
    reportId: '0195d000-0000-7000-8000-000000000001',
    sequence,
    duplicate: false,
    resendFull: false,
    serverTime: '2026-11-22T12:00:00.000Z',
    standing: STANDING,
    ...over,
  };
}

function linesOf(...flushes: Flushed[]): string[] {
  const fake = createFakeTerminal();
  const log = createActLog(fake.terminal, () => new Date(0));
  for (const flushed of flushes) log.flushed(flushed);
  return fake.stdout().replaceAll('1970-01-01T00:00:00.000Z ', '').trimEnd().split('\n');
}

it('prints one line per act, and where the device stands when that changes', () => {
  const sent = [ack(1), ack(2, { duplicate: true })];
  expect(linesOf({ outcome: 'empty', sent, refused: [] })).toEqual([
    'report 1 accepted',
    'the server says: non-compliant, risk high: USB debugging is on (Turn it off)',
    'report 2 accepted (the server had it already)',
  ]);
});

it('says what waits, why, and until when', () => {
  const waiting: Flushed = {
    outcome: 'waiting',
    queued: 3,
    detail: 'connect ECONNREFUSED',
    retryInMs: 3500,
    sent: [],
    refused: [],
  };
  expect(linesOf(waiting)).toEqual([
    'the server cannot be reached (connect ECONNREFUSED); 3 queued, trying again in 4 s',
  ]);
});

it('lets no answer of a server forge a line or steer the terminal', () => {
  const detail = 'no\n1970-01-01T00:00:00.000Z report 9 accepted\u001b[2J\u202e';
  const [line, ...more] = linesOf({ outcome: 'empty', sent: [], refused: [detail] });
  expect(more).toEqual([]);
  expect(line).toBe('a report was refused and given up (no report 9 accepted\\u202e)');
});
