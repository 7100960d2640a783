import { ComingPart } from '../../core/watch/comingPart';

/** KaTeX, which is large and comes with the first formula, after what it stands on. Once it has come, formulas are set at once. */
export const katex = new ComingPart(
  'What sets formulas',
  async () => (await import('./katexHtml')).katexHtml,
);
