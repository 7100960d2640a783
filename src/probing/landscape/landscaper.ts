import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey, type PortKey, type PortReference } from '../../compiler/graph/graph';
import { compileEnergyAt, type EnergyAtProgram } from '../../compiler/programs/compileEnergyAt';
import { landscapeViews, type LandscapeView } from '../../compiler/programs/landscapeViews';
import { hasErrors } from '../../core/diagnostic';
import { failure, success, type Result } from '../../core/result';
import type { Engine } from '../../engine/engine';
import { EnergyField, type PortRows } from '../energyField';
import { automaticRange } from './automaticRange';
import { ContrastivePoints } from './contrastivePoints';
import { descend } from './descend';
import { HeldOutData } from './heldOutData';
import type {
  ChosenValue,
  Descent,
  HeldSample,
  LandscapeFrame,
  LandscapeRange,
  PlanePoint,
} from './landscapeFrame';
import type { LandscapeModel, LandscaperOptions } from './landscapeModel';
import { Predictor } from './predictor';

export interface LandscapeSettings {
  /** Null to be chosen. */
  readonly range: LandscapeRange | null;
  /** Number of the held-out sample at which the other observed values are held. */
  readonly sample: number;
}

/** Points along each axis. */
const SIDE = 64;
/** Held-out samples that are drawn, and whose latent is found. */
const MOST_POINTS = 512;
const MOST_LATENTS = 128;

/** The landscape of one view of a document, for as many snapshots as come. Calls are made one at a time. */
export class Landscaper {
  private walker: EnergyField | null = null;
  /** Of the latent whose value was chosen last. */
  private predictor: { readonly key: PortKey; readonly value: Predictor } | null = null;

  private constructor(
    private readonly analysis: Analysis,
    private readonly view: LandscapeView,
    private readonly engine: Engine,
    /** Held-out rows of all observed ports of the view. */
    private readonly data: HeldOutData,
    private readonly grid: EnergyField,
    /** Finds the latents of samples, where the view is of one that is found. */
    private readonly finder: EnergyField | null,
    private readonly contrast: ContrastivePoints,
  ) {}

  /** Fails with the errors of the analysis, where there is no such view, or when data cannot be loaded. */
  static async create(
    analysis: Analysis,
    viewId: string,
    options: LandscaperOptions,
  ): Promise<Result<Landscaper>> {
    if (hasErrors(analysis.diagnostics)) return failure(...analysis.diagnostics);
    const view = landscapeViews(analysis).find(({ id }) => id === viewId);
    if (!view) return failure(noView());
    const compiled = compileEnergyAt(analysis, { given: view.given, rows: SIDE * SIDE });
    if (!compiled.ok) return compiled;
    const { engine } = options;
    const observed = view.kind === 'latent' ? view.held : [...view.given, ...view.held];
    const data = await HeldOutData.load(analysis, observed, options);
    if (!data.ok) return data;
    const finding = Landscaper.compileFinder(analysis, view);
    if (finding && !finding.ok) return finding;
    const contrast = await ContrastivePoints.create(analysis, view, options);
    if (!contrast.ok) return contrast;
    return success(
      new Landscaper(
        analysis,
        view,
        engine,
        data.value,
        await EnergyField.create(compiled.value, engine),
        finding && (await EnergyField.create(finding.value, engine)),
        contrast.value,
      ),
    );
  }

  private static compileFinder(
    analysis: Analysis,
    { kind, given, held, hasPoints }: LandscapeView,
  ): Result<EnergyAtProgram> | null {
    if (kind !== 'latent' || !hasPoints || held.length === 0) return null;
    return compileEnergyAt(analysis, { given: held, read: given, rows: MOST_LATENTS });
  }

  async frame(model: LandscapeModel, settings: LandscapeSettings): Promise<LandscapeFrame> {
    const { view, grid } = this;
    const sample = this.heldSample(settings);
    const indices = this.indicesOfPoints(sample);
    const points = await this.points(model, indices);
    const range = settings.range ?? automaticRange(view.kind, points);
    this.prepare(grid, model, sample);
    const { energy } = await grid.at(this.rowsAt(gridPoints(range)));
    return {
      viewId: view.id,
      step: model.snapshot?.step ?? null,
      columns: SIDE,
      rows: SIDE,
      range,
      values: Float32Array.from(energy),
      points,
      ...this.samplesOf(points, indices),
      ...(await this.contrast.at(model)),
      sample,
      place: sample && this.placeOf(points, sample),
    };
  }

  /** From a point downhill by gradient steps; `range` is that of the picture. */
  async descend(
    model: LandscapeModel,
    settings: LandscapeSettings,
    from: PlanePoint,
    { x, y }: LandscapeRange,
  ): Promise<Descent> {
    const { view } = this;
    const walker = (this.walker ??= await this.makeWalker());
    this.prepare(walker, model, this.heldSample(settings));
    const moves = view.axes.map((axis) => view.moving.some((port) => isSame(port, axis.port)));
    const span = view.kind === 'surface' ? y[1] - y[0] : Math.max(x[1] - x[0], y[1] - y[0]);
    const place = (moving: readonly number[]): PlanePoint => {
      const left = [...moving];
      const [a = NaN, b = NaN] = from.map((fixed, axis) => (moves[axis] ? left.shift() : fixed));
      return [a, b];
    };
    const { path, energies, end } = await descend(
      async (moving) => {
        const { energy, slope } = await walker.at(this.rowsAt([place(moving)]));
        return { energy: energy[0] ?? NaN, slope: view.moving.flatMap((port) => [...slope(port)]) };
      },
      from.filter((_, axis) => moves[axis]),
      { span },
    );
    return { path: path.map(place), energies, end };
  }

  /** ŷ for a z that was chosen; null where there is none, or the view has no such latent. `range` is that of the picture. */
  async predict(
    model: LandscapeModel,
    settings: LandscapeSettings,
    { key, value }: ChosenValue,
    range: LandscapeRange,
  ): Promise<PlanePoint | null> {
    const { analysis, engine, view } = this;
    const latent = view.latents.find((one) => one.key === key);
    const [y] = view.given;
    if (!latent || !y || value.length !== latent.size) return null;
    if (this.predictor?.key !== latent.key) {
      this.predictor?.value.dispose();
      this.predictor = null;
      const made = await Predictor.create(analysis, y, latent, engine);
      this.predictor = { key: latent.key, value: made };
    }
    const predictor = this.predictor.value;
    this.prepare(predictor.field, model, this.heldSample(settings));
    return predictor.at(value, range);
  }

  dispose(): void {
    this.predictor?.value.dispose();
    for (const tool of [this.grid, this.finder, this.walker, this.contrast]) tool?.dispose();
  }

  private async makeWalker(): Promise<EnergyField> {
    const { given, moving } = this.view;
    const compiled = compileEnergyAt(this.analysis, { given, slopes: moving, rows: 1 });
    if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
    return EnergyField.create(compiled.value, this.engine);
  }

  private prepare(
    field: EnergyField,
    { snapshot, live }: LandscapeModel,
    sample: HeldSample | null,
  ): void {
    field.setModel(snapshot?.state ?? null);
    field.setLive(live);
    const index = sample?.index ?? 0;
    field.hold(new Map(this.view.held.map((port) => this.data.rowsOf(port, [index]))));
  }

  private heldSample({ sample }: LandscapeSettings): HeldSample | null {
    const counts = this.view.held.map((port) => this.data.countOf(port));
    if (counts.length === 0) return null;
    const count = Math.min(...counts);
    return { index: Math.max(0, Math.min(sample, count - 1)), count };
  }

  /** `n × 2`, the held sample among them. */
  private async points(model: LandscapeModel, indices: readonly number[]): Promise<Float32Array> {
    const { view, finder } = this;
    if (view.kind !== 'latent') {
      const columns = view.given.map((port) => this.data.rowsOf(port, indices)[1]);
      const [first = new Float32Array(), second] = columns;
      if (!second) return first;
      return Float32Array.from(
        indices.flatMap((_, row) => [first[row] ?? NaN, second[row] ?? NaN]),
      );
    }
    if (!finder) return new Float32Array();
    finder.setModel(model.snapshot?.state ?? null);
    finder.setLive(model.live);
    const { value } = await finder.at(
      new Map(view.held.map((port) => this.data.rowsOf(port, indices))),
    );
    return Float32Array.from(view.given.flatMap((port) => [...value(port)]));
  }

  private samplesOf(
    points: Float32Array,
    indices: readonly number[],
  ): Pick<LandscapeFrame, 'samples' | 'dataset'> {
    const { view } = this;
    const [port] = view.kind === 'latent' ? view.held : view.given;
    if (points.length === 0 || !port) return { samples: new Int32Array(), dataset: null };
    return { samples: Int32Array.from(indices), dataset: this.datasetOf(port) ?? null };
  }

  private indicesOfPoints(sample: HeldSample | null): number[] {
    const { view } = this;
    const isLatent = view.kind === 'latent';
    const ports = isLatent ? view.held : view.given;
    const available = Math.min(...ports.map((port) => this.data.countOf(port)));
    const shown = Math.min(available, isLatent ? MOST_LATENTS : MOST_POINTS);
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

  /** The values of the given ports at points of the plane. */
  private rowsAt(points: readonly PlanePoint[]): PortRows {
    const { given, axes } = this.view;
    return new Map(
      given.map((port): [PortKey, Float32Array] => {
        const own = axes.flatMap((axis, index) => (isSame(axis.port, port) ? [index] : []));
        const values = points.flatMap((point) => own.map((index) => point[index] ?? NaN));
        return [portKey(port.nodeId, port.port), Float32Array.from(values)];
      }),
    );
  }
}

/** The middles of the cells, row by row from below. */
function gridPoints({ x, y }: LandscapeRange): PlanePoint[] {
  const middle = ([low, high]: readonly [number, number], index: number): number =>
    low + ((index + 0.5) / SIDE) * (high - low);
  return Array.from({ length: SIDE * SIDE }, (_, cell): PlanePoint => [
    middle(x, cell % SIDE),
    middle(y, Math.floor(cell / SIDE)),
  ]);
}

function isSame(a: PortReference, b: PortReference): boolean {
  return a.nodeId === b.nodeId && a.port === b.port;
}

function noView() {
  return {
    code: 'points.mismatch',
    severity: 'error',
    message: 'The graph has no such variable of two numbers.',
  } as const;
}
