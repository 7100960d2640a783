import { LatentPanel } from '../../../panels/latent/LatentPanel';
import type { DockTab } from '../dockTab';

export const latentTab: DockTab = {
  id: 'latent',
  title: 'Latent',
  command: {
    title: 'Show what is made of a latent',
    keywords: 'code traversal decoder slider generate atoms dictionary gallery',
  },
  Panel: LatentPanel,
};
