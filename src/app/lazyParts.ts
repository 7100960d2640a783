import type { ComponentType } from 'react';
import { laterPart } from '../editor/ui/laterPart';
import { DialogToCome } from './later/DialogToCome';
import { PanelToCome } from './later/PanelToCome';

// Parts of the page whose code comes when they are drawn for the first time: the graph is there before it.

export const NodeDiagnosis = laterPart(
  'The diagnosis of nodes',
  async () => (await import('../panels/collapse/NodeDiagnosis')).NodeDiagnosis,
  PanelToCome,
);

export const GuidePanel = laterPart(
  'The guide',
  async () => (await import('../panels/guide/GuidePanel')).GuidePanel,
  PanelToCome,
);
export const Gallery = laterWindow(async () => (await import('./gallery/Gallery')).Gallery);
export const ShareDialog = laterWindow(
  async () => (await import('./share/ShareDialog')).ShareDialog,
);
export const IncomingDialog = laterWindow(
  async () => (await import('./open/IncomingDialog')).IncomingDialog,
);
export const RefusedDialog = laterWindow(
  async () => (await import('./open/RefusedDialog')).RefusedDialog,
);
export const WeightsDialog = laterWindow(
  async () => (await import('./weights/WeightsDialog')).WeightsDialog,
);
export const DocumentsDialog = laterWindow(
  async () => (await import('./documents/DocumentsDialog')).DocumentsDialog,
);
export const RemoveDialog = laterWindow(
  async () => (await import('./documents/RemoveDialog')).RemoveDialog,
);
export const TableDialog = laterWindow(
  async () => (await import('./data/TableDialog')).TableDialog,
);
export const ImagesDialog = laterWindow(
  async () => (await import('./data/ImagesDialog')).ImagesDialog,
);
export const KeptDataDialog = laterWindow(
  async () => (await import('./data/KeptDataDialog')).KeptDataDialog,
);
export const RemoveDataDialog = laterWindow(
  async () => (await import('./data/RemoveDataDialog')).RemoveDataDialog,
);
export const BlocksDialog = laterWindow(
  async () => (await import('./blocks/BlocksDialog')).BlocksDialog,
);
export const SaveBlockDialog = laterWindow(
  async () => (await import('./blocks/SaveBlockDialog')).SaveBlockDialog,
);
export const RemoveBlockDialog = laterWindow(
  async () => (await import('./blocks/RemoveBlockDialog')).RemoveBlockDialog,
);

function laterWindow<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  return laterPart('This window', load, DialogToCome);
}
