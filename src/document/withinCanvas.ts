import { CANVAS_LIMIT } from './schema';

/** The nearest coordinate that a document may hold. */
export function withinCanvas(coordinate: number): number {
  return Math.min(CANVAS_LIMIT, Math.max(-CANVAS_LIMIT, coordinate));
}
