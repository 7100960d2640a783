import { useSweeps } from '../../../panels/sweeps/useSweeps';
import type { DockTab } from '../dockTab';
import { laterPanel } from '../laterPanel';
import styles from '../Dock.module.css';

export const sweepsTab: DockTab = {
  id: 'sweeps',
  title: 'Sweeps',
  command: {
    title: 'Show the sweeps',
    keywords: 'grid search phase diagram heat map hyperparameter ablation seeds random',
  },
  Panel: laterPanel(
    'Sweeps',
    async () => (await import('../../../panels/sweeps/SweepsPanel')).SweepsPanel,
  ),
  Mark: GoingDot,
};

/** Trials are being trained: worth knowing while another tab is open. */
function GoingDot() {
  const going = useSweeps(({ progress }) => progress.size);
  if (going === 0) return null;
  return <span className={styles.dot} data-tone="good" data-tip="A sweep is being run" />;
}
