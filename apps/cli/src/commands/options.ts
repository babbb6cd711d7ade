import { SEVERITIES, type Severity } from '@vedette/contracts/vocabulary';
import { InvalidArgumentError, Option } from 'commander';
import { isViewName, VIEW_NAMES, type ViewName } from '../inspect/view-names.ts';

/** Readers of option values: each throws commander's error, which names the option. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value <= 0) throw new InvalidArgumentError('Give a number above 0.');
  return value;
}

export function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d{1,9}$/.test(text) || value < 1 || value > most)
      throw new InvalidArgumentError(`Give a whole number from 1 to ${most}.`);
    return value;
  };
}

export function viewArgument(text: string): ViewName {
  if (isViewName(text)) return text;
  throw new InvalidArgumentError(`Give one of ${VIEW_NAMES.join(', ')}.`);
}

export type Format = 'text' | 'json';

/** Options that `scan` and `check` share. */
export interface AnalysisOptions {
  readonly format: ReportFormat;
  readonly output?: string;
  readonly failOn?: Severity;
  readonly timeout: number;
  /** Folder with lists of indicators. */
  readonly indicators?: string;
  /** Of `check` alone: ask for the password of an encrypted backup. */
  readonly askPassword?: boolean;
  /** Of `check` alone: folder with lists of weaknesses of operating systems. */
  readonly vulnerabilities?: string;
  /** Of `scan` alone. */
  readonly suppress?: string;
}

export function formatOption(): Option {
  return new Option('--format <format>', 'text for people, json for programs')
    .choices(['text', 'json'])
    .default('text');
}

/** What `scan` writes; each is one document, whatever the number of apps. */
export const REPORT_FORMATS = ['text', 'json', 'sarif', 'stix', 'html', 'cyclonedx', 'markdown'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export function reportFormatOption(): Option {
  return new Option(
    '--format <format>',
    'text for people, json for programs, or a report: html to read and print, markdown for pull requests, sarif for code scanning, stix for threat intelligence, cyclonedx for a bill of materials',
  )
    .choices(REPORT_FORMATS)
    .default('text');
}

/** What `check` writes besides. */
export function checkFormatOption(): Option {
  return new Option(
    '--format <format>',
    'text for people, json for programs, or a report: html to read and print, stix for threat intelligence',
  )
    .choices(['text', 'json', 'html', 'stix'] satisfies ReportFormat[])
    .default('text');
}

export function suppressOption(): Option {
  return new Option(
    '--suppress <file>',
    'YAML or JSON list of findings that do not count, each with a reason and a last day',
  );
}

export function indicatorsOption(): Option {
  return new Option(
    '--indicators <folder>',
    'folder with lists of indicators (default: $VEDETTE_INDICATORS, else vedette/indicators among the data of programs); see `vedette help indicators`',
  );
}

export function vulnerabilitiesOption(): Option {
  return new Option(
    '--vulnerabilities <folder>',
    'folder with lists of weaknesses of operating systems: SOFA, CISA KEV, OSV (default: $VEDETTE_VULNERABILITIES, else vedette/vulnerabilities among the data of programs)',
  );
}

export function outputOption(): Option {
  return new Option('--output <file>', 'write the result to a file instead of standard output');
}

export function failOnOption(): Option {
  return new Option('--fail-on <severity>', 'exit with 1 when a finding is at least this bad').choices(SEVERITIES);
}

export function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'give up on one input after this long')
    .argParser(positiveNumber)
    .default(120);
}
