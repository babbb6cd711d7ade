import type { Severity, Verdict } from '@vedette/contracts';

type Paint = (text: string) => string;

/** The few colours of the text report. Without colour every function gives its text back. */
export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly verdict: Readonly<Record<Verdict, Paint>>;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

/** ECMA-48 (ANSI) select graphic rendition, the sixteen colours every terminal has, so that a reader's theme applies. */
export function createPalette(colour: boolean): Palette {
  const paint =
    (on: string, off: string): Paint =>
    (text) =>
      colour && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  const red = paint('31', '39');
  const yellow = paint('33', '39');
  const boldRed = paint('1;31', '22;39');
  const block = (codes: string): Paint => {
    const inner = paint(codes, '0');
    return (text) => inner(` ${text} `);
  };
  return {
    bold: paint('1', '22'),
    dim: paint('2', '22'),
    verdict: {
      malicious: block('1;97;41'),
      risky: block('1;30;43'),
      benign: block('1;30;42'),
      unknown: block('1;30;47'),
    },
    severity: { critical: boldRed, high: red, medium: yellow, low: paint('36', '39'), info: paint('34', '39') },
  };
}
