import { LandscapePanel } from '../../../panels/landscape/LandscapePanel';
import type { DockTab } from '../dockTab';

export const landscapeTab: DockTab = {
  id: 'landscape',
  title: 'Landscape',
  command: {
    title: 'Show the energy landscape',
    keywords: 'contour heat map surface basin density gibbs boltzmann descend',
  },
  Panel: LandscapePanel,
};
