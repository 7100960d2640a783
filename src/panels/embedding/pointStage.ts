import type { ReadToken } from '../charts/themeColours';
import { setPainter } from '../../editor/figure/drawing';
import { paintCanvas } from '../landscape/preparedCanvas';
import {
  ASKEW,
  extentOf,
  FRONT,
  panned,
  pixelsPerUnit,
  projectAll,
  projection,
  steadyExtent,
  turned,
  zoomed,
  type Camera,
  type Extent,
  type Projection,
  type Size,
} from './camera';
import { drawOverlay } from './drawOverlay';
import { drawPoints } from './flatPainter';
import { pointNear, pointsWithin, type Polygon } from './pick';
import { pointPainter, pointSizeFor } from './pointPainter';
import type { PointPainter, PointScene } from './pointScene';

/** How near the pointer must come to a point, in pixels. */
const REACH = 10;

/**
 * Points on two canvases, and the camera that sees them: what a pointer moves does not go through React, it asks for a frame, and the
 * frame draws.
 */
export class PointStage {
  private readonly painter: PointPainter | null;
  private scene: PointScene | null = null;
  private subject = '';
  private size: Size = { width: 0, height: 0 };
  private camera: Camera = FRONT;
  private extent: Extent | null = null;
  private token: ReadToken = () => '';
  private cursor = -1;
  private line: Polygon = [];
  private frame = 0;

  constructor(
    private readonly below: HTMLCanvasElement,
    private readonly above: HTMLCanvasElement,
  ) {
    this.painter = pointPainter(below);
  }

  /** How it is drawn; null where no canvas can be drawn on. */
  get kind(): PointPainter['kind'] | null {
    return this.painter?.kind ?? null;
  }

  /** `subject`: another one is seen from the front again. */
  show(scene: PointScene, subject: string): void {
    const isOther = subject !== this.subject;
    const places = scene.places !== this.scene?.places;
    this.scene = scene;
    this.subject = subject;
    if (isOther) this.camera = this.front;
    if (places) {
      const now = extentOf(scene.places, scene.isSpace);
      const isMoved = !isOther && this.camera !== this.front;
      this.extent = isMoved
        ? (this.extent ?? now)
        : steadyExtent(isOther ? null : this.extent, now);
    }
    this.painter?.setScene(scene);
    this.ask();
  }

  setSize(size: Size): void {
    this.size = size;
    this.ask();
  }

  setToken(token: ReadToken): void {
    this.token = token;
    this.ask();
  }

  /** −1 without one. */
  setCursor(point: number): void {
    this.cursor = point;
    this.ask();
  }

  /** The line that is being drawn around points, in pixels. */
  setLine(line: Polygon): void {
    this.line = line;
    this.ask();
  }

  pan(dx: number, dy: number): void {
    this.see(panned(this.camera, dx, dy));
  }

  /** Of a plane there is nothing to turn. */
  turn(across: number, down: number): void {
    if (this.scene?.isSpace === true) this.see(turned(this.camera, across, down));
  }

  /** About a place, or the middle. */
  zoom(factor: number, at?: readonly [number, number]): void {
    const { width, height } = this.size;
    this.see(zoomed(this.camera, factor, at ?? [width / 2, height / 2], this.size));
  }

  /** All points, from the front. */
  fit(): void {
    if (this.scene) this.extent = extentOf(this.scene.places, this.scene.isSpace);
    this.see(this.front);
  }

  /** −1 where none is near. */
  pointAt(x: number, y: number): number {
    return pointNear(this.seen(), x, y, REACH);
  }

  within(line: Polygon): number[] {
    return pointsWithin(this.seen(), line);
  }

  /** Where a point is seen, in pixels. */
  private placeOf(point: number): readonly [number, number] {
    const place = this.scene?.places.subarray(3 * point, 3 * point + 3) ?? [];
    const [x = NaN, y = NaN] = projectAll(Float32Array.from(place), this.map());
    return [x, y];
  }

  private paint(): void {
    const { scene, size, camera, extent, painter, cursor } = this;
    if (!scene || !painter || !extent || size.width === 0) return;
    const map = this.map();
    const pointSize = pointSizeFor(scene.count, size, camera.zoom);
    const view = { size, projection: map, pointSize };
    painter.draw(view);
    setPainter(this.below, (drawing) => drawPoints(drawing, scene, view));
    const overlay = {
      ...{ size, pointSize, line: this.line, token: this.token },
      cursor: cursor < 0 ? null : this.placeOf(cursor),
      pixelsPerUnit: pixelsPerUnit(extent, camera, size),
    };
    paintCanvas(this.above, size, (drawing) => drawOverlay(drawing, overlay));
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.painter?.dispose();
  }

  private get front(): Camera {
    return this.scene?.isSpace === true ? ASKEW : FRONT;
  }

  private see(camera: Camera): void {
    this.camera = camera;
    this.ask();
  }

  private ask(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  private map(): Projection {
    return this.extent ? projection(this.extent, this.camera, this.size) : [];
  }

  private seen(): Float32Array {
    return this.scene ? projectAll(this.scene.places, this.map()) : new Float32Array();
  }
}
