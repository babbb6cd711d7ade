import type { Appraisal } from '@vedette/contracts';

/** What people call the app; its package or file where it does not say. Raw text of the app. */
export function appTitle({ app, file }: Appraisal): string {
  return app.label ?? (app.package || file.name);
}

/** Version for people: `2.1 (57)`; null where the app does not say. Raw text of the app. */
export function appVersion({ app }: Appraisal): string | null {
  const code = app.versionCode === null ? app.ios?.build : String(app.versionCode);
  const words = [app.versionName ?? '', code === undefined || code === null ? '' : `(${code})`].filter(Boolean);
  return words.length === 0 ? null : words.join(' ');
}
