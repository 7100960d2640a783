import { lazy } from 'react';
import type { DockTab } from '../dockTab';

export const kernelsTab: DockTab = {
  id: 'kernels',
  title: 'Kernels',
  command: {
    title: 'Show the kernels',
    keywords: 'wgsl webgpu compile plan dispatch shader memory',
  },
  Panel: lazy(async () => {
    const { KernelsPanel } = await import('../../../panels/kernels/KernelsPanel');
    return { default: KernelsPanel };
  }),
};
