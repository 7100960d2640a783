import { lazy } from 'react';
import { useSweeps } from '../../../panels/sweeps/useSweeps';
import type { DockTab } from '../dockTab';
import styles from '../Dock.module.css';

export const sweepsTab: DockTab = {
  id: 'sweeps',
  title: 'Sweeps',
  command: {
    title: 'Show the sweeps',
    keywords: 'grid search phase diagram heat map hyperparameter ablation seeds random',
  },
  Panel: lazy(async () => {
    const { SweepsPanel } = await import('../../../panels/sweeps/SweepsPanel');
    return { default: SweepsPanel };
  }),
  Mark: GoingDot,
};

/** Trials are being trained: worth knowing while another tab is open. */
function GoingDot() {
  const going = useSweeps(({ progress }) => progress.size);
  if (going === 0) return null;
  return <span className={styles.dot} data-tone="good" data-tip="A sweep is being run" />;
}
