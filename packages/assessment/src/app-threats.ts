import type { Finding, InstalledApp, Severity, Signal, ThreatDraft } from '@vedette/contracts';
import type { AppraisalSummary, AssessInput } from './assess-input.ts';
import { plainName } from './plain-name.ts';

/** Malice and data risk are two axes and two threats: a clean app may still be wrong for enterprise data. */
export function maliciousAppKey(packageName: string): string {
  return `app:${packageName}`;
}
export function riskyAppKey(packageName: string): string {
  return `app:${packageName}:data-risk`;
}

/** How an app stands: what is known of the build that is installed. */
interface JudgedApp {
  readonly app: InstalledApp;
  readonly appraisal: AppraisalSummary;
}

/** Over the policy's line, or judged malicious whatever the line. */
function isHarmful({ appraisal }: JudgedApp, threshold: number): boolean {
  return appraisal.verdict === 'malicious' || appraisal.malice >= threshold;
}

function isRisky({ appraisal }: JudgedApp, threshold: number): boolean {
  return appraisal.dataRisk >= threshold;
}

/** Only a verdict makes an app malicious; a high score alone makes it suspicious, and one step milder. */
function maliceSeverity({ malice, verdict }: AppraisalSummary): Severity {
  if (verdict === 'malicious') return malice >= 80 ? 'critical' : 'high';
  return malice >= 80 ? 'high' : 'medium';
}

function dataRiskSeverity({ dataRisk }: AppraisalSummary): Severity {
  if (dataRisk >= 90) return 'high';
  return dataRisk >= 50 ? 'medium' : 'low';
}

function nameOf(app: InstalledApp): string {
  const label = plainName(app.label ?? '');
  return label === '' ? plainName(app.package) : label;
}

function installed(judged: JudgedApp, ruleId: string, title: string, severity: Severity, note: string): Finding {
  const { app, appraisal } = judged;
  return {
    ruleId,
    ruleVersion: 1,
    title,
    severity,
    status: 'bad',
    description: note,
    remedy: 'Remove the app.',
    evidence: [
      {
        kind: 'appraisal',
        sha256: appraisal.sha256,
        package: app.package,
        versionName: app.versionName,
        verdict: appraisal.verdict,
        note,
      },
    ],
  };
}

function harmfulDraft(judged: JudgedApp): ThreatDraft {
  const { app, appraisal } = judged;
  const severity = maliceSeverity(appraisal);
  const malicious = appraisal.verdict === 'malicious';
  const title = malicious ? `${nameOf(app)} is malicious` : `${nameOf(app)} shows signs of malice`;
  const note = `The installed build was appraised: verdict ${appraisal.verdict}, malice ${appraisal.malice} of 100.`;
  const finding = installed(judged, malicious ? 'app.malicious' : 'app.suspicious', title, severity, note);
  return {
    key: maliciousAppKey(app.package),
    kind: 'app',
    type: malicious ? 'malicious-app' : 'suspicious-app',
    title,
    severity,
    subject: app.package,
    findings: [finding, ...appraisal.topFindings],
  };
}

function riskyDraft(judged: JudgedApp): ThreatDraft {
  const { app, appraisal } = judged;
  const severity = dataRiskSeverity(appraisal);
  const title = `${nameOf(app)} handles data carelessly`;
  const note = `The installed build was appraised: data risk ${appraisal.dataRisk} of 100.`;
  const finding = installed(judged, 'app.data-risk', title, severity, note);
  return {
    key: riskyAppKey(app.package),
    kind: 'app',
    type: 'risky-app',
    title,
    severity,
    subject: app.package,
    findings: [finding, ...appraisal.topFindings],
  };
}

function judgedApps({ apps, appraisals }: Pick<AssessInput, 'apps' | 'appraisals'>): JudgedApp[] {
  return apps.flatMap((app) => {
    const appraisal = app.sha256 === null ? undefined : appraisals.get(app.sha256);
    return appraisal === undefined ? [] : [{ app, appraisal }];
  });
}

/** One threat per malicious or suspicious app and one per app at or over the data risk threshold, among the builds that were appraised. */
export function appDrafts(input: Pick<AssessInput, 'apps' | 'appraisals' | 'policy'>): ThreatDraft[] {
  const { malice, dataRisk } = input.policy.appThresholds;
  return judgedApps(input).flatMap((judged) => [
    ...(isHarmful(judged, malice) ? [harmfulDraft(judged)] : []),
    ...(isRisky(judged, dataRisk) ? [riskyDraft(judged)] : []),
  ]);
}

/**
 * Whether evidence shows that an app's threat is gone: a complete inventory without the app, or an installed build whose appraisal is not that bad.
 * @returns null when it is gone, else why it cannot be said
 */
export function appStillOpen(
  packageName: string,
  input: Pick<AssessInput, 'apps' | 'appsComplete' | 'appraisals'>,
): string | null {
  const app = input.apps.find((one) => one.package === packageName);
  if (app === undefined) return input.appsComplete ? null : 'the list of apps is not complete';
  if (app.sha256 === null) return 'the evidence does not say which build of the app is installed';
  const appraisal = input.appraisals.get(app.sha256);
  if (appraisal === undefined) return 'another build of the app is installed, which was not appraised yet';
  return appraisal.verdict === 'unknown' ? 'the appraisal of the installed build could not judge it' : null;
}

/**
 * The signal `apps.appraised`: bad when an installed build is malicious or over the policy's line; ok only when every app that is not part of the system was appraised and judged; unknown otherwise.
 */
export function appraisedSignal(
  input: Pick<AssessInput, 'apps' | 'appsComplete' | 'appraisals' | 'policy' | 'contact' | 'now'>,
): Signal {
  const judged = judgedApps(input);
  const bad = judged.filter((one) => isHarmful(one, input.policy.appThresholds.malice));
  const own = input.apps.filter((app) => !app.system);
  const seen = judged.filter((one) => !one.app.system && one.appraisal.verdict !== 'unknown').length;
  const observedAt = input.apps.length === 0 ? null : input.contact.lastReportAt;
  const ageMs = observedAt === null ? null : Math.max(0, Date.parse(input.now) - Date.parse(observedAt));
  const base = {
    id: 'apps.appraised',
    source: null,
    trust: observedAt === null ? null : 'server-verified',
    observedAt,
    ageSeconds: ageMs === null ? null : Math.floor(ageMs / 1000),
  } as const;
  if (bad.length > 0) {
    const names = bad
      .slice(0, 5)
      .map((one) => nameOf(one.app))
      .join(', ');
    return { ...base, status: 'bad', value: names, reason: `Malicious or suspicious: ${names}.` };
  }
  const value = `${seen} of ${own.length} apps appraised, none harmful`;
  if (input.apps.length === 0) return { ...base, status: 'unknown', value: '', reason: 'There is no list of apps.' };
  if (!input.appsComplete) return { ...base, status: 'unknown', value, reason: 'The list of apps is not complete.' };
  if (seen < own.length)
    return { ...base, status: 'unknown', value, reason: `${own.length - seen} apps were not appraised.` };
  return { ...base, status: 'ok', value };
}
