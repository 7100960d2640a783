import type { Category } from '../../graph/nodeDefinition';

/** How a curve is drawn. Curves of one category share its colour and differ in their dashes. */
export interface CurveStyle {
  /** Name of a design token. */
  readonly colour: string;
  readonly dash: readonly number[];
  readonly width: number;
}

/** Of a curve that stands for itself. */
export const PLAIN_STYLE: CurveStyle = { colour: '--text', dash: [], width: 1.5 };

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [12, 4]];

/** One style for each curve, in order. */
export function curveStyles(categories: readonly (Category | null)[]): CurveStyle[] {
  const seen = new Map<Category | null, number>();
  return categories.map((category) => {
    const index = seen.get(category) ?? 0;
    seen.set(category, index + 1);
    return {
      colour: category === null ? '--text' : `--category-${category}`,
      dash: DASHES[index % DASHES.length] ?? [],
      width: category === null ? 2 : 1.5,
    };
  });
}
