import { lazy } from 'react';

// Parts of the editor whose code comes when the graph is there: nothing of them is needed to see it.

export const Inspector = lazy(async () => {
  const part = await import('./inspector/Inspector');
  return { default: part.Inspector };
});

export const Palette = lazy(async () => {
  const part = await import('./palette/Palette');
  return { default: part.Palette };
});

export const CanvasMenu = lazy(async () => {
  const part = await import('./menu/CanvasMenu');
  return { default: part.CanvasMenu };
});

export const ProblemsButton = lazy(async () => {
  const part = await import('./problems/ProblemsButton');
  return { default: part.ProblemsButton };
});

export const ViewOnly = lazy(async () => {
  const part = await import('./narrow/ViewOnly');
  return { default: part.ViewOnly };
});

export const EditorHands = lazy(async () => {
  const part = await import('./EditorHands');
  return { default: part.EditorHands };
});
