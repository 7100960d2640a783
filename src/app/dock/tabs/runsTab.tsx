import { useRuns } from '../../../panels/runs/useRuns';
import type { DockTab } from '../dockTab';
import { laterPanel } from '../laterPanel';
import styles from '../Dock.module.css';

export const runsTab: DockTab = {
  id: 'runs',
  title: 'Runs',
  command: {
    title: 'Show the runs',
    keywords: 'history record compare resume restore experiment tracking import export storage',
  },
  Panel: laterPanel('Runs', async () => (await import('../../../panels/runs/RunsPanel')).RunsPanel),
  Mark: FaultDot,
};

/** Runs are not kept: worth knowing while another tab is open. */
function FaultDot() {
  const fault = useRuns((state) => state.fault);
  if (fault === null || !fault.code.startsWith('storage.')) return null;
  return <span className={styles.dot} data-tone="bad" data-tip={fault.message} />;
}
