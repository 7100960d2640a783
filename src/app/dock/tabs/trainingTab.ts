import { lazy } from 'react';
import type { DockTab } from '../dockTab';

export const trainingTab: DockTab = {
  id: 'training',
  title: 'Training',
  command: { title: 'Show training curves' },
  needsRun: true,
  Panel: lazy(async () => {
    const { TrainingPanel } = await import('../../../panels/training/TrainingPanel');
    return { default: TrainingPanel };
  }),
};
