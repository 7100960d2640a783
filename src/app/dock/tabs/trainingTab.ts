import { TrainingPanel } from '../../../panels/training/TrainingPanel';
import type { DockTab } from '../dockTab';

export const trainingTab: DockTab = {
  id: 'training',
  title: 'Training',
  command: { title: 'Show training curves' },
  Panel: TrainingPanel,
};
