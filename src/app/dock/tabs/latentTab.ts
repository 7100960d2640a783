import { lazy } from 'react';
import type { DockTab } from '../dockTab';

export const latentTab: DockTab = {
  id: 'latent',
  title: 'Latent',
  command: {
    title: 'Show what is made of a latent',
    keywords: 'code traversal decoder slider generate atoms dictionary gallery',
  },
  Panel: lazy(async () => {
    const { LatentPanel } = await import('../../../panels/latent/LatentPanel');
    return { default: LatentPanel };
  }),
};
