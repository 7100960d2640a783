import { lazy } from 'react';

// Parts of the page whose code comes when they are drawn for the first time: the graph is there before it.

export const NodeDiagnosis = lazy(async () => {
  const part = await import('../panels/collapse/NodeDiagnosis');
  return { default: part.NodeDiagnosis };
});

export const GuidePanel = lazy(async () => {
  const part = await import('../panels/guide/GuidePanel');
  return { default: part.GuidePanel };
});

export const Gallery = lazy(async () => {
  const part = await import('./gallery/Gallery');
  return { default: part.Gallery };
});

export const ShareDialog = lazy(async () => {
  const part = await import('./share/ShareDialog');
  return { default: part.ShareDialog };
});

export const IncomingDialog = lazy(async () => {
  const part = await import('./open/IncomingDialog');
  return { default: part.IncomingDialog };
});

export const RefusedDialog = lazy(async () => {
  const part = await import('./open/RefusedDialog');
  return { default: part.RefusedDialog };
});

export const WeightsDialog = lazy(async () => {
  const part = await import('./weights/WeightsDialog');
  return { default: part.WeightsDialog };
});

export const DocumentsDialog = lazy(async () => {
  const part = await import('./documents/DocumentsDialog');
  return { default: part.DocumentsDialog };
});

export const RemoveDialog = lazy(async () => {
  const part = await import('./documents/RemoveDialog');
  return { default: part.RemoveDialog };
});

export const TableDialog = lazy(async () => {
  const part = await import('./data/TableDialog');
  return { default: part.TableDialog };
});

export const ImagesDialog = lazy(async () => {
  const part = await import('./data/ImagesDialog');
  return { default: part.ImagesDialog };
});

export const KeptDataDialog = lazy(async () => {
  const part = await import('./data/KeptDataDialog');
  return { default: part.KeptDataDialog };
});

export const BlocksDialog = lazy(async () => {
  const part = await import('./blocks/BlocksDialog');
  return { default: part.BlocksDialog };
});

export const SaveBlockDialog = lazy(async () => {
  const part = await import('./blocks/SaveBlockDialog');
  return { default: part.SaveBlockDialog };
});

export const RemoveBlockDialog = lazy(async () => {
  const part = await import('./blocks/RemoveBlockDialog');
  return { default: part.RemoveBlockDialog };
});

export const Toaster = lazy(async () => {
  const part = await import('sonner');
  return { default: part.Toaster };
});
