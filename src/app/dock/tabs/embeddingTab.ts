import { lazy } from 'react';
import type { DockTab } from '../dockTab';

export const embeddingTab: DockTab = {
  id: 'embedding',
  title: 'Embedding',
  command: {
    title: 'Show the embedding of representations',
    keywords: 'pca umap projection scatter points cluster lasso space',
  },
  Panel: lazy(async () => {
    const { EmbeddingPanel } = await import('../../../panels/embedding/EmbeddingPanel');
    return { default: EmbeddingPanel };
  }),
};
