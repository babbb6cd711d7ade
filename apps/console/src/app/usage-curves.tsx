import type { UsageCurve } from '@vedette/contracts';
import { Button, UsagePlot } from '@vedette/ui';
import { useState } from 'react';

/** Plots shown at once where none was called. */
const FEW = 3;

/** How apps use battery and network: those that were called unusual first. */
export function UsageCurves({ curves }: { readonly curves: readonly UsageCurve[] }) {
  const [all, setAll] = useState(false);
  const called = curves.filter(({ calledAt }) => calledAt !== null).length;
  const shown = all ? curves : curves.slice(0, Math.max(FEW, called));
  const more = curves.length - shown.length;
  return (
    <div className="flex flex-col gap-5">
      {shown.map((curve) => (
        <UsagePlot key={`${curve.package} ${curve.metric}`} curve={curve} />
      ))}
      <p className="text-12 text-ink-3">
        The grey band is what is normal for the app by its last four weeks; where there is none, it is not known yet.
      </p>
      {more > 0 ? (
        <div className="no-print">
          <Button size="sm" onClick={() => setAll(true)}>
            Show {more} more
          </Button>
        </div>
      ) : null}
    </div>
  );
}
