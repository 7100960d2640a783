/** Where points are seen: pixels from the left, from the top, and depth, three numbers each. */
export type SeenPoints = Float32Array;

/** The point within so many pixels of a place that is nearest to it; −1 where there is none. In front of others where they coincide. */
export function pointNear(seen: SeenPoints, x: number, y: number, reach: number): number {
  let best = -1;
  let least = reach * reach;
  for (let point = 0; 3 * point < seen.length; point++) {
    const dx = (seen[3 * point] ?? NaN) - x;
    const dy = (seen[3 * point + 1] ?? NaN) - y;
    const distance = dx * dx + dy * dy;
    const isInFront =
      distance === least && (seen[3 * point + 2] ?? 0) > (seen[3 * best + 2] ?? -Infinity);
    if (distance < least || isInFront) [best, least] = [point, distance];
  }
  return best;
}

export type Polygon = readonly (readonly [number, number])[];

/** The points within a closed line, by how often a ray from them crosses it. */
export function pointsWithin(seen: SeenPoints, polygon: Polygon): number[] {
  const inside: number[] = [];
  for (let point = 0; 3 * point < seen.length; point++) {
    if (isWithin(polygon, seen[3 * point] ?? NaN, seen[3 * point + 1] ?? NaN)) inside.push(point);
  }
  return inside;
}

/** Even–odd rule: where the line crosses itself, what it goes round twice is outside. */
export function isWithin(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  let before = polygon.at(-1);
  for (const corner of polygon) {
    if (before !== undefined && corner[1] > y !== before[1] > y) {
      const part = (y - before[1]) / (corner[1] - before[1]);
      if (x < before[0] + part * (corner[0] - before[0])) inside = !inside;
    }
    before = corner;
  }
  return inside;
}
