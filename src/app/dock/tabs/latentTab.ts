import type { DockTab } from '../dockTab';
import { laterPanel } from '../laterPanel';

export const latentTab: DockTab = {
  id: 'latent',
  title: 'Latent',
  command: {
    title: 'Show what is made of a latent',
    keywords: 'code traversal decoder slider generate atoms dictionary gallery',
  },
  Panel: laterPanel(
    'Latent',
    async () => (await import('../../../panels/latent/LatentPanel')).LatentPanel,
  ),
};
