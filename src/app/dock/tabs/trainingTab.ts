import type { DockTab } from '../dockTab';
import { laterPanel } from '../laterPanel';

export const trainingTab: DockTab = {
  id: 'training',
  title: 'Training',
  command: { title: 'Show training curves' },
  needsRun: true,
  Panel: laterPanel(
    'Training',
    async () => (await import('../../../panels/training/TrainingPanel')).TrainingPanel,
  ),
};
