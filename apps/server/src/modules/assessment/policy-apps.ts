import type { AssessInput } from '@vedette/assessment';
import type { PolicyApp } from '@vedette/policy';

/** The inventory as a policy sees it: each app with what its appraisal says. */
export function policyApps({ apps, appraisals }: Pick<AssessInput, 'apps' | 'appraisals'>): PolicyApp[] {
  return apps.map((app) => {
    const appraisal = app.sha256 === null ? undefined : appraisals.get(app.sha256);
    return {
      ...app,
      appraisal:
        appraisal === undefined
          ? null
          : { verdict: appraisal.verdict, malice: appraisal.malice, dataRisk: appraisal.dataRisk },
    };
  });
}
