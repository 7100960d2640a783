import { ComingPart } from '../../core/watch/comingPart';

/** `figureFile`, which is for those who save a picture. */
export const figures = new ComingPart(
  'What draws pictures',
  async () => (await import('./figureFile')).figureFile,
);
