import type { DockTab } from './dockTab';
import { collapseTab } from './tabs/collapseTab';
import { embeddingTab } from './tabs/embeddingTab';
import { kernelsTab } from './tabs/kernelsTab';
import { landscapeTab } from './tabs/landscapeTab';
import { latentTab } from './tabs/latentTab';
import { probesTab } from './tabs/probesTab';
import { runsTab } from './tabs/runsTab';
import { sequenceTab } from './tabs/sequenceTab';
import { sweepsTab } from './tabs/sweepsTab';
import { trainingTab } from './tabs/trainingTab';

/** In the order of the dock; the first is open to begin with. */
export const DOCK_TABS: readonly DockTab[] = [
  trainingTab,
  collapseTab,
  probesTab,
  landscapeTab,
  embeddingTab,
  latentTab,
  sequenceTab,
  kernelsTab,
  runsTab,
  sweepsTab,
];
