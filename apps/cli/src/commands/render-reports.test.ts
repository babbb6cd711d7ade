import { describe, expect, it } from 'vitest';
import { createFakeTerminal } from '../testing/fake-terminal.ts';
import { checkReportFormat } from './render-reports.ts';

const atTerminal = createFakeTerminal({ isTTY: true }).terminal;
const piped = createFakeTerminal().terminal;

describe('checkReportFormat', () => {
  it('keeps HTML from a terminal, and says what to do', () => {
    expect(() => checkReportFormat(1, { format: 'html' }, atTerminal)).toThrow(
      expect.objectContaining({ exitCode: 2, message: 'HTML is for a browser; add --output report.html' }),
    );
    expect(() => checkReportFormat(1, { format: 'html', output: 'r.html' }, atTerminal)).not.toThrow();
    expect(() => checkReportFormat(1, { format: 'html' }, piped)).not.toThrow();
  });

  it('takes no more apps than a SARIF file may hold', () => {
    expect(() => checkReportFormat(20, { format: 'sarif' }, piped)).not.toThrow();
    expect(() => checkReportFormat(21, { format: 'sarif' }, piped)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
