import { laterPart, Nothing } from './ui/laterPart';

// Parts of the editor whose code comes when the graph is there: nothing of them is needed to see it. They come
// in one file with the rest of the page, which says so where it does not come.

export const Inspector = laterPart(
  'The inspector',
  async () => (await import('./inspector/Inspector')).Inspector,
  Nothing,
);
export const Palette = laterPart(
  'The palette',
  async () => (await import('./palette/Palette')).Palette,
  Nothing,
);
export const CanvasMenu = laterPart(
  'The menu of the canvas',
  async () => (await import('./menu/CanvasMenu')).CanvasMenu,
  Nothing,
);
export const ProblemsButton = laterPart(
  'The list of problems',
  async () => (await import('./problems/ProblemsButton')).ProblemsButton,
  Nothing,
);
export const ViewOnly = laterPart(
  'What says that nothing can be edited',
  async () => (await import('./narrow/ViewOnly')).ViewOnly,
  Nothing,
);
export const EditorHands = laterPart(
  'Commands and shortcuts',
  async () => (await import('./EditorHands')).EditorHands,
  Nothing,
);
