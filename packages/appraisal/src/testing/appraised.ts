import type { Appraisal } from '@vedette/contracts';
import { appraise } from '../appraise.ts';
import { type FakeApp, fakeApp } from './fake-app.ts';

/** The appraisal of an app in a few lines. */
export function appraised(app: FakeApp = {}): Appraisal {
  return appraise(fakeApp(app), { version: '1.2.3', now: '2026-01-01T00:00:00Z' });
}

/** A debug build that is signed by a key everybody has: two findings that weigh, one of them high. */
export const DEBUG_APP: FakeApp = {
  manifest: { application: { debuggable: 'true' } },
  signers: [{ subject: 'CN=Android Debug' }],
};
