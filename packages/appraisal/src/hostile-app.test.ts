import { Appraisal } from '@vedette/contracts';
import { expect, it } from 'vitest';
import { appraise } from './appraise.ts';
import { renderAppraisalText } from './render/render-appraisal-text.ts';
import { fakeApp } from './testing/fake-app.ts';

it('keeps result and report small for an app that is anything but', () => {
  const long = 'a-'.repeat(20_000);
  const many = Array.from({ length: 6_000 }, (_, index) => index);
  const image = fakeApp({
    manifest: {
      package: `com.${long}`,
      permissions: many.map((index) => `android.permission.P${index}`),
      components: many.map((index) => ({ kind: 'service' as const, name: `com.example.S${index}`, exported: true })),
      application: { debuggable: 'true' },
    },
    code: [
      {
        name: long,
        methods: {
          [`${long}()V`]: many.flatMap((index) => [
            `string http://h${index}.vedette-test.org/${'a-'.repeat(200)}`,
            'call java.lang.System.load(Ljava/lang/String;)V',
          ]),
        },
      },
    ],
    diagnostics: many.map((index) => ({ id: 'zip.name.duplicate', level: 'warning' as const, message: `${index}` })),
  });
  const appraisal = Appraisal.parse(appraise(image, { version: '0', now: '2026-01-01T00:00:00Z' }));
  expect(appraisal.app.hosts).toHaveLength(500);
  expect(appraisal.app.components).toHaveLength(5_000);
  expect(appraisal.coverage.counts['components']).toBe(6_000);
  for (const finding of appraisal.findings) {
    expect(finding.evidence.length).toBeLessThanOrEqual(10);
    expect(JSON.stringify(finding).length).toBeLessThan(20_000);
  }
  expect(renderAppraisalText(appraisal, { colour: false, width: 80 }).length).toBeLessThan(30_000);
});
