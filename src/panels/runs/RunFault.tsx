import { FaultBar } from '../ui/FaultBar';
import { useRuns, useRunsActions } from './useRuns';

/** Why runs are not kept, or why something that was asked for was not done. */
export function RunFault() {
  const fault = useRuns((state) => state.fault);
  const { dismissFault } = useRunsActions();
  return <FaultBar fault={fault} onDismiss={dismissFault} />;
}
