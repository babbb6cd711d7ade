import type { Appraisal } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appraise } from '../appraise.ts';
import { applySuppressions } from '../suppression/apply-suppressions.ts';
import { type FakeApp, fakeApp } from '../testing/fake-app.ts';
import { renderAppraisalText } from './render-appraisal-text.ts';

/** Up to U+2FFF there is all that terminals obey and most of what hides text. (The arbitrary for whole Unicode is slow to set up.) */
const anyText = fc.array(fc.nat(0x2fff), { maxLength: 60 }).map((codes) => String.fromCodePoint(...codes));

const appraiseFake = (app: FakeApp): Appraisal =>
  appraise(fakeApp(app), { version: '1.2.3', now: '2026-01-01T00:00:00Z' });
const plain = { colour: false, width: 100 } as const;
const DEBUG: FakeApp = {
  manifest: { application: { debuggable: 'true' } },
  signers: [{ subject: 'CN=Android Debug' }],
};

describe('renderAppraisalText', () => {
  it('begins with the verdict and the name', () => {
    expect(renderAppraisalText(appraiseFake(DEBUG), plain).split('\n')[0]).toBe(' RISKY  Example');
  });

  it('shows each part of the scores with its weight, and each finding with evidence and remedy', () => {
    const text = renderAppraisalText(appraiseFake(DEBUG), plain);
    expect(text).toMatch(/\+30 {2}█+·+ {2}The app is a debug build/);
    expect(text).toContain('application android:debuggable="true", line 1');
    expect(text).toContain('→ Distribute the release build.');
    expect(text).toContain('Data risk 45 of 100');
  });

  it('says what could not be read where the verdict is unknown', () => {
    const text = renderAppraisalText(appraiseFake({ code: [] }), plain);
    expect(text).toMatch(/^ UNKNOWN /);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('Not everything was read: The code could not be read.');
  });

  it('says what was suppressed, why, and how it is without that', () => {
    const list = [
      { rule: 'android.manifest.debuggable', reason: 'on\u001b[2J purpose', until: '2027-03-31', by: 'Ada' },
    ];
    const text = renderAppraisalText(applySuppressions(appraiseFake(DEBUG), list, '2026-01-01T00:00:00Z'), plain);
    expect(text).toContain('Suppressed: these do not count');
    expect(text).toContain('until 2027-03-31 by Ada: on\\u001b[2J purpose');
    expect(text).toMatch(/With them: risky, malice \d+, data risk 45\./);
    expect(text).not.toMatch(/\+30 .*debug build/);
  });

  it('has no escape sequence without colour, and has some with it', () => {
    const appraisal = appraiseFake(DEBUG);
    expect(renderAppraisalText(appraisal, plain)).not.toContain('\u001b');
    expect(renderAppraisalText(appraisal, { colour: true, width: 100 })).toContain('\u001b[');
  });

  it('says the same with and without colour', () => {
    const appraisal = appraiseFake(DEBUG);
    // oxlint-disable-next-line no-control-regex -- taking the colours off
    const stripped = renderAppraisalText(appraisal, { colour: true, width: 100 }).replaceAll(/\u001b\[[\d;]*m/g, '');
    expect(stripped).toBe(renderAppraisalText(appraisal, plain));
  });

  it('keeps to the width', () => {
    for (const width of [60, 80, 140]) {
      const lines = renderAppraisalText(appraiseFake(DEBUG), { colour: false, width }).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  it('lets no text of the app control the terminal', () => {
    fc.assert(
      fc.property(anyText, (hostile) => {
        const text = renderAppraisalText(
          appraiseFake({
            manifest: {
              package: `com.${hostile}`,
              permissions: [hostile, 'android.permission.INTERNET'],
              components: [{ kind: 'service', name: hostile, exported: true }],
              application: { debuggable: 'true' },
            },
            signers: [{ subject: `CN=Android Debug ${hostile}` }],
            code: [
              { name: hostile, methods: { [`${hostile}()V`]: ['call java.lang.System.load(Ljava/lang/String;)V'] } },
            ],
            files: { [`assets/${hostile}`]: 'dex\n035\0' },
            diagnostics: [{ id: 'zip.name.control', level: 'warning', message: hostile, where: hostile }],
          }),
          plain,
        );
        // oxlint-disable-next-line no-control-regex -- looking for control characters
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      }),
      { numRuns: 50 },
    );
  });
});
