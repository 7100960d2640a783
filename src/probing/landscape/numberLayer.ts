import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey, type PortReference } from '../../compiler/graph/graph';
import type {
  LandscapeAxis,
  LandscapeView,
} from '../../compiler/programs/landscape/landscapePlane';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import { sampleSize } from '../../graph/ports';
import { automaticRange } from './automaticRange';
import { HeldOutData } from './heldOutData';
import type { HeldSample, LandscapeSettings, PlanePoint } from './landscapeFrame';
import type { LandscapeModel, LandscaperOptions } from './landscapeModel';
import { LatentFinder } from './latentFinder';
import type { Plane } from './plane';
import type { LaidPlane, PlaneLayer } from './planeLayer';

/** Held-out samples that are drawn. */
const MOST_POINTS = 512;

/** The plane of two numbers of values: it lies where it lies, and held-out samples lie on it. */
export class NumberLayer implements PlaneLayer {
  readonly side = 64;
  private readonly plane: Plane;

  private constructor(
    private readonly analysis: Analysis,
    private readonly view: LandscapeView,
    private readonly axes: readonly [LandscapeAxis, LandscapeAxis],
    /** Held-out rows of all observed ports of the view. */
    private readonly data: HeldOutData,
    readonly finder: LatentFinder | null,
  ) {
    this.plane = view.given.map((port) => {
      const key = portKey(port.nodeId, port.port);
      const size = sampleSize(defined(analysis.types.get(key), `type of ${key}`));
      const along = ({ port: own, component }: LandscapeAxis): Float64Array =>
        new Float64Array(size).fill(1, component, isSame(own, port) ? component + 1 : component);
      return {
        ...{ key, origin: new Float64Array(size) },
        ...{ across: along(axes[0]), up: along(axes[1]) },
      };
    });
  }

  static async create(
    analysis: Analysis,
    view: LandscapeView,
    options: LandscaperOptions,
  ): Promise<Result<PlaneLayer>> {
    const axes = defined(view.axes ?? undefined, 'two numbers');
    const isLatent = view.kind === 'latent';
    const observed = isLatent ? view.held : [...view.given, ...view.held];
    const data = await HeldOutData.load(analysis, observed, options);
    if (!data.ok) return data;
    if (!isLatent || !view.hasPoints || view.held.length === 0) {
      return success(new NumberLayer(analysis, view, axes, data.value, null));
    }
    const finder = await LatentFinder.create(analysis, view, options);
    if (!finder.ok) return finder;
    return success(new NumberLayer(analysis, view, axes, data.value, finder.value));
  }

  async lay(model: LandscapeModel, { sample: wanted }: LandscapeSettings): Promise<LaidPlane> {
    const { view, axes } = this;
    const sample = this.heldSample(wanted);
    const indices = this.indicesOfPoints(sample);
    const points = await this.pointsOf(model, indices);
    const [first] = view.kind === 'latent' ? view.held : view.given;
    const isEmpty = points.length === 0 || !first;
    const kind = view.kind === 'latent' || view.kind === 'surface' ? view.kind : 'observed';
    return {
      plane: this.plane,
      axes: [namedAs(axes[0]), namedAs(axes[1])],
      range: automaticRange(kind, points),
      row: sample?.index ?? 0,
      points,
      samples: isEmpty ? new Int32Array() : Int32Array.from(indices),
      dataset: isEmpty ? null : (this.datasetOf(first) ?? null),
      sample,
      place: sample && this.placeOf(points, sample),
      marks: [],
      available: sample?.count ?? 0,
    };
  }

  dispose(): void {
    this.finder?.dispose();
  }

  private heldSample(wanted: number): HeldSample | null {
    const counts = this.view.held.map((port) => this.data.countOf(port));
    if (counts.length === 0) return null;
    const count = Math.min(...counts);
    return { index: Math.max(0, Math.min(wanted, count - 1)), count };
  }

  /** `n × 2`, the held sample among them. */
  private async pointsOf(model: LandscapeModel, indices: readonly number[]): Promise<Float32Array> {
    const { view, finder } = this;
    if (view.kind === 'latent') {
      return finder ? Float32Array.from(await finder.find(model, indices)) : new Float32Array();
    }
    const columns = view.given.map((port) => this.data.rowsOf(port, indices)[1]);
    const [first = new Float32Array(), second] = columns;
    if (!second) return first;
    return Float32Array.from(indices.flatMap((_, row) => [first[row] ?? NaN, second[row] ?? NaN]));
  }

  private indicesOfPoints(sample: HeldSample | null): number[] {
    const { view, finder } = this;
    if (view.kind === 'latent') return finder ? finder.indicesWith(sample?.index ?? 0) : [];
    const available = Math.min(...view.given.map((port) => this.data.countOf(port)));
    const shown = Math.min(available, MOST_POINTS);
    if (!Number.isFinite(shown)) return [];
    const indices = Array.from({ length: shown }, (_, index) => index);
    if (sample && sample.index >= shown && sample.index < available)
      indices[shown - 1] = sample.index;
    return indices;
  }

  /** Where the held sample itself lies: its y, when what is held comes with it, or its latent. */
  private placeOf(points: Float32Array, { index }: HeldSample): PlanePoint | null {
    const { view } = this;
    const [given] = view.given;
    const isPaired =
      view.kind === 'latent' ||
      (given !== undefined &&
        view.held.some((port) => this.datasetOf(port) === this.datasetOf(given)));
    const row = Math.min(index, points.length / 2 - 1);
    const [a, b] = points.subarray(2 * row, 2 * row + 2);
    return view.kind !== 'surface' && isPaired && a !== undefined && b !== undefined
      ? [a, b]
      : null;
  }

  private datasetOf({ nodeId }: PortReference): string | undefined {
    const node = this.analysis.graph.byId.get(nodeId);
    return node?.definition.dataset?.(node.params).id;
  }
}

function namedAs({ label }: LandscapeAxis) {
  return { symbol: label, label };
}

function isSame(a: PortReference, b: PortReference): boolean {
  return a.nodeId === b.nodeId && a.port === b.port;
}
