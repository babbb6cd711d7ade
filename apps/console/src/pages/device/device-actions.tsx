import type { ActionView } from '@vedette/contracts';
import { EmptyState } from '@vedette/ui';
import { ActionsTable } from '../response/actions-table.tsx';

export function DeviceActions({ actions }: { readonly actions: readonly ActionView[] }) {
  return actions.length === 0 ? (
    <div className="card">
      <EmptyState title="Nothing was done outside for this device">
        A policy rule that fires with an action shows up here, with what the other side said.
      </EmptyState>
    </div>
  ) : (
    <div className="card overflow-x-auto">
      <ActionsTable actions={actions} withDevice={false} />
    </div>
  );
}
