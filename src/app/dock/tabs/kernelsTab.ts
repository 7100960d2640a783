import { KernelsPanel } from '../../../panels/kernels/KernelsPanel';
import type { DockTab } from '../dockTab';

export const kernelsTab: DockTab = {
  id: 'kernels',
  title: 'Kernels',
  command: {
    title: 'Show the kernels',
    keywords: 'wgsl webgpu compile plan dispatch shader memory',
  },
  Panel: KernelsPanel,
};
