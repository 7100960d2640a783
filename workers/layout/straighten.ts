import { frameOf } from './scene';
import type { Rect, Scene, SceneNode, SceneWire } from './scene';

/** What a layout is judged by: how bad each thing is, in pixels of a wire that does not lead straight on. */
const COST = {
  /** Nodes, or frames and what is not in them, that overlap or nearly do. */
  overlap: 3000,
  /** A wire that passes behind a node, and each part of it that does. */
  behind: 150,
  behindPart: 60,
  crossing: 50,
  /** A wire that does not lead straight on, and each pixel up or down. */
  bent: 12,
  rise: 0.25,
  /** Weights that lead upwards, and each pixel to the side. */
  upwards: 400,
  aside: 0.3,
  /** Each pixel that the graph is higher. */
  height: 0.6,
} as const;

/** Room that is kept around nodes and frames, and beside wires. */
const MARGIN = 28;
const CLEAR = 8;
const ROW_GAP = 40;
/** Parts of a wire that are looked at. */
const PARTS = 16;
/** Places are on this grid, which all ports share. */
const GRID = 4;
const SHIFTS = [8, 16, 32, 56, 88, 128, 184, 264, 384, 560].flatMap((dy) => [-dy, dy]);
const MOST_ROUNDS = 12;
/** Larger graphs keep their layers as they came: this looks at each pair of wires many times. */
const MOST_NODES = 150;

/**
 * Moves nodes and groups up and down, within the columns that they are in, as long as that makes the graph better: no wire
 * behind a node, few crossings, straight wires, little height. Descent over the moves of one thing at a time; it ends
 * where none helps, and the same graph always ends in the same place. Returns what is left of the cost.
 */
export function straighten({ nodes, wires, frames }: Scene): number {
  for (const node of nodes) {
    node.x = Math.round(node.x / GRID) * GRID;
    node.y = Math.round(node.y / GRID) * GRID;
  }
  if (nodes.length > MOST_NODES) return 0;
  const units: (readonly SceneNode[])[] = [...nodes.map((node) => [node]), ...frames.values()];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let better = false;
    for (const unit of units) better = improve(unit) || better;
    for (const [a, b] of neighbours(nodes)) better = exchange(a, b) || better;
    for (const chain of chains(nodes, wires)) better = improve(chain) || better;
    // What is below makes room, or comes nearer, as one.
    for (const { y } of nodes) better = improve(nodes.filter((node) => node.y >= y)) || better;
    better = closeGaps() || better;
    if (!better) break;
  }
  return costAround(nodes);

  /** The best of the moves of some nodes together, if one helps. */
  function improve(unit: readonly SceneNode[]): boolean {
    const around = surroundings(unit);
    const before = costAround(unit, around);
    let best = { dy: 0, cost: before - 0.01 };
    for (const dy of [...SHIFTS, ...straightShifts(unit, wires)]) {
      shift(unit, dy);
      const cost = costAround(unit, around);
      if (cost < best.cost) best = { dy, cost };
      shift(unit, -dy);
    }
    shift(unit, best.dy);
    return best.dy !== 0;
  }

  /** Moves all that is above an empty band down. */
  function closeGaps(): boolean {
    const rects = [...nodes, ...[...frames.values()].map(frameOf)].sort((a, b) => a.y - b.y);
    let better = false;
    let foot = rects[0] ? rects[0].y + rects[0].height : 0;
    for (const { y, height } of rects) {
      const gap = y - foot - ROW_GAP;
      if (gap >= GRID) {
        const above = nodes.filter((node) => node.y + node.height <= foot);
        const dy = Math.floor(gap / GRID) * GRID;
        const before = costAround(above);
        shift(above, dy);
        if (costAround(above) < before) better = true;
        else shift(above, -dy);
      }
      foot = Math.max(foot, y + height);
    }
    return better;
  }

  function exchange(a: SceneNode, b: SceneNode): boolean {
    const before = costAround([a, b]);
    const [ay, by] = [a.y, b.y];
    // Middles change places: the nodes may differ in height.
    const dy = Math.round((by + b.height / 2 - ay - a.height / 2) / GRID) * GRID;
    a.y = ay + dy;
    b.y = by - dy;
    if (costAround([a, b]) < before - 0.01) return true;
    a.y = ay;
    b.y = by;
    return false;
  }

  /** What stays as it is while some nodes move: the other wires, with their courses. */
  function surroundings(unit: readonly SceneNode[]) {
    const own = new Set(unit);
    const isOwn = ({ from, to }: SceneWire): boolean => own.has(from) || own.has(to);
    return {
      own,
      ownWires: wires.filter(isOwn),
      others: wires.filter((wire) => !isOwn(wire)).map((wire) => [wire, courseOf(wire)] as const),
    };
  }

  /** All of the cost that the places of some nodes change. */
  function costAround(
    unit: readonly SceneNode[],
    { own, ownWires, others } = surroundings(unit),
  ): number {
    let cost = COST.height * heightOf(nodes);
    for (const node of unit) {
      for (const other of nodes) if (!own.has(other)) cost += overlapCost(node, other);
    }
    cost += framesCost(unit, own);
    const courses = ownWires.map(courseOf);
    for (const [index, wire] of ownWires.entries()) {
      cost += wireCost(wire);
      const course = courses[index] ?? [];
      for (const node of nodes) cost += behindCost(wire, course, node);
    }
    for (const [other, course] of others) {
      for (const node of unit) cost += behindCost(other, course, node);
      for (const [index, wire] of ownWires.entries()) {
        cost += crossingCost(wire, courses[index] ?? [], other, course);
      }
    }
    for (const [i, wire] of ownWires.entries()) {
      for (let j = i + 1; j < ownWires.length; j++) {
        const other = ownWires[j];
        if (other) cost += crossingCost(wire, courses[i] ?? [], other, courses[j] ?? []);
      }
    }
    return cost;
  }

  /** Frames grow with what is in them, and keep clear of what is not. */
  function framesCost(unit: readonly SceneNode[], own: ReadonlySet<SceneNode>): number {
    const touched = new Set(unit.flatMap((node) => node.frames));
    let cost = 0;
    for (const [id, members] of frames) {
      const frame = frameOf(members);
      const isTouched = touched.has(id);
      for (const node of nodes) {
        if (!node.frames.includes(id) && (isTouched || own.has(node)))
          cost += overlapCost(frame, node);
      }
      for (const [other, inOther] of frames) {
        if (other <= id || !(isTouched || touched.has(other))) continue;
        const isNested =
          inOther[0]?.frames.includes(id) === true || members[0]?.frames.includes(other) === true;
        if (!isNested) cost += overlapCost(frame, frameOf(inOther));
      }
    }
    return cost;
  }
}

function shift(unit: readonly SceneNode[], dy: number): void {
  for (const node of unit) node.y += dy;
}

/** Moves after which one of the wires leads straight on. */
function straightShifts(unit: readonly SceneNode[], wires: readonly SceneWire[]): number[] {
  const own = new Set(unit);
  return wires.flatMap(({ from, to, source, target }) => {
    if (own.has(from) === own.has(to) || target.side === 'top') return [];
    const rise = to.y + target.y - from.y - source.y;
    const dy = own.has(from) ? rise : -rise;
    const onGrid = Math.round(dy / GRID) * GRID;
    return onGrid === 0 ? [] : [onGrid];
  });
}

/** Nodes that straight wires hold together: moved one by one, they would bend these. */
function chains(nodes: readonly SceneNode[], wires: readonly SceneWire[]): SceneNode[][] {
  const straight = wires.filter(
    ({ from, to, source, target }) =>
      target.side !== 'top' && Math.abs(to.y + target.y - from.y - source.y) < GRID,
  );
  const seen = new Set<SceneNode>();
  return nodes.flatMap((node) => {
    if (seen.has(node)) return [];
    const chain = new Set([node]);
    for (const one of chain) {
      for (const { from, to } of straight) {
        if (from === one) chain.add(to);
        if (to === one) chain.add(from);
      }
    }
    for (const one of chain) seen.add(one);
    return chain.size > 1 && chain.size < nodes.length ? [[...chain]] : [];
  });
}

/** Nodes of one column, in one group. */
function neighbours(nodes: readonly SceneNode[]): (readonly [SceneNode, SceneNode])[] {
  return nodes.flatMap((a, index) =>
    nodes
      .slice(index + 1)
      .filter((b) => {
        const apart = a.x + a.width / 2 - b.x - b.width / 2;
        return Math.abs(apart) < 48 && a.frames[0] === b.frames[0];
      })
      .map((b) => [a, b] as const),
  );
}

function heightOf(nodes: readonly Rect[]): number {
  let top = Infinity;
  let bottom = -Infinity;
  for (const { y, height } of nodes) {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + height);
  }
  return bottom - top;
}

function overlapCost(a: Rect, b: Rect): number {
  const x = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + MARGIN;
  const y = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + MARGIN;
  return x > 0 && y > 0 ? COST.overlap + 30 * Math.min(x, y) : 0;
}

function wireCost({ from, to, source, target }: SceneWire): number {
  const rise = Math.abs(to.y + target.y - from.y - source.y);
  if (target.side === 'top') {
    const aside = COST.aside * Math.abs(to.x + target.x - from.x - source.x);
    return aside + (to.y + target.y < from.y + source.y ? COST.upwards : 0) + COST.rise * rise;
  }
  return COST.rise * rise + (rise < GRID ? 0 : COST.bent);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Points along a wire as the canvas draws it: a cubic Bézier curve whose handles lead straight out of the ports, half as
 * long as the ports are apart.
 */
export function courseOf({ from, to, source, target }: SceneWire): Point[] {
  const a = { x: from.x + source.x, y: from.y + source.y };
  const d = { x: to.x + target.x, y: to.y + target.y };
  const b = handleOf(a, d, source.side);
  const c = handleOf(d, a, target.side);
  return Array.from({ length: PARTS + 1 }, (_, index) => {
    const t = index / PARTS;
    const s = 1 - t;
    const at = (p: number, q: number, r: number, e: number): number =>
      s * s * s * p + 3 * s * s * t * q + 3 * s * t * t * r + t * t * t * e;
    return { x: at(a.x, b.x, c.x, d.x), y: at(a.y, b.y, c.y, d.y) };
  });
}

function handleOf(at: Point, other: Point, side: string): Point {
  // Backwards it makes a bow, which grows more slowly.
  const reach = (distance: number): number =>
    distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance);
  switch (side) {
    case 'left':
      return { x: at.x - reach(at.x - other.x), y: at.y };
    case 'right':
      return { x: at.x + reach(other.x - at.x), y: at.y };
    case 'top':
      return { x: at.x, y: at.y - reach(at.y - other.y) };
    default:
      return { x: at.x, y: at.y + reach(other.y - at.y) };
  }
}

function behindCost({ from, to }: SceneWire, course: readonly Point[], node: SceneNode): number {
  if (node === from || node === to) return 0;
  let parts = 0;
  for (const { x, y } of course) {
    if (
      x > node.x - CLEAR &&
      x < node.x + node.width + CLEAR &&
      y > node.y - CLEAR &&
      y < node.y + node.height + CLEAR
    )
      parts++;
  }
  return parts === 0 ? 0 : COST.behind + COST.behindPart * parts;
}

function crossingCost(
  wire: SceneWire,
  course: readonly Point[],
  other: SceneWire,
  otherCourse: readonly Point[],
): number {
  // Wires out of one port part, and wires into one meet.
  if (wire.source === other.source || wire.target === other.target) return 0;
  if (!boxesMeet(course, otherCourse)) return 0;
  for (let i = 2; i < course.length; i += 2) {
    for (let j = 2; j < otherCourse.length; j += 2) {
      if (cross(course[i - 2], course[i], otherCourse[j - 2], otherCourse[j])) return COST.crossing;
    }
  }
  return 0;
}

/** Whether the boxes around two wires meet, as far as their ends tell, from which handles lead little away. */
function boxesMeet(a: readonly Point[], b: readonly Point[]): boolean {
  const [a0, a1, b0, b1] = [a[0], a.at(-1), b[0], b.at(-1)];
  if (!a0 || !a1 || !b0 || !b1) return false;
  const meet = (p: number, q: number, r: number, s: number): boolean =>
    Math.max(p, q) + MARGIN > Math.min(r, s) && Math.max(r, s) + MARGIN > Math.min(p, q);
  return meet(a0.x, a1.x, b0.x, b1.x) && meet(a0.y, a1.y, b0.y, b1.y);
}

function cross(a?: Point, b?: Point, c?: Point, d?: Point): boolean {
  if (!a || !b || !c || !d) return false;
  const turn = (p: Point, q: Point, r: Point): number =>
    (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}
