import type { DockTab } from '../dockTab';
import { laterPanel } from '../laterPanel';

export const landscapeTab: DockTab = {
  id: 'landscape',
  title: 'Landscape',
  command: {
    title: 'Show the energy landscape',
    keywords: 'contour heat map surface basin density gibbs boltzmann descend',
  },
  Panel: laterPanel(
    'Landscape',
    async () => (await import('../../../panels/landscape/LandscapePanel')).LandscapePanel,
  ),
};
