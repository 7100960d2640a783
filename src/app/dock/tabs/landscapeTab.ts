import { lazy } from 'react';
import type { DockTab } from '../dockTab';

export const landscapeTab: DockTab = {
  id: 'landscape',
  title: 'Landscape',
  command: {
    title: 'Show the energy landscape',
    keywords: 'contour heat map surface basin density gibbs boltzmann descend',
  },
  Panel: lazy(async () => {
    const { LandscapePanel } = await import('../../../panels/landscape/LandscapePanel');
    return { default: LandscapePanel };
  }),
};
