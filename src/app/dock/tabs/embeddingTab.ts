import type { DockTab } from '../dockTab';
import { laterPanel } from '../laterPanel';

export const embeddingTab: DockTab = {
  id: 'embedding',
  title: 'Embedding',
  command: {
    title: 'Show the embedding of representations',
    keywords: 'pca umap projection scatter points cluster lasso space',
  },
  Panel: laterPanel(
    'Embedding',
    async () => (await import('../../../panels/embedding/EmbeddingPanel')).EmbeddingPanel,
  ),
};
