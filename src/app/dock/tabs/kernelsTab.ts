import type { DockTab } from '../dockTab';
import { laterPanel } from '../laterPanel';

export const kernelsTab: DockTab = {
  id: 'kernels',
  title: 'Kernels',
  command: {
    title: 'Show the kernels',
    keywords: 'wgsl webgpu compile plan dispatch shader memory',
  },
  Panel: laterPanel(
    'Kernels',
    async () => (await import('../../../panels/kernels/KernelsPanel')).KernelsPanel,
  ),
};
