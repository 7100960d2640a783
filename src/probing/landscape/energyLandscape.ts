import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey, type PortKey } from '../../compiler/graph/graph';
import { compileEnergyAt } from '../../compiler/programs/compileEnergyAt';
import type { LandscapeView } from '../../compiler/programs/landscape/landscapePlane';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import type { Engine } from '../../engine/engine';
import { EnergyField, type PortRows } from '../energyField';
import { ContrastivePoints } from './contrastivePoints';
import { descend } from './descend';
import { gridPoints } from './gridPoints';
import { HeldOutData } from './heldOutData';
import type {
  ChosenValue,
  Descent,
  InferencePath,
  LandscapeFrame,
  LandscapeRange,
  LandscapeSettings,
  PlanePoint,
  PlaneValues,
} from './landscapeFrame';
import type { Landscaper } from './landscaper';
import type { LandscapeModel, LandscaperOptions } from './landscapeModel';
import { distanceFrom, lengthOf, nearestMove, nearestPoint, rowsAt, type Plane } from './plane';
import type { PlaneLayer, PlaneLayerSource } from './planeLayer';
import { Predictor } from './predictor';

/** Points along each axis at which gradients are drawn. */
const ARROWS = 12;

/** Energies over a plane of values, and what moves by their gradients. */
export class EnergyLandscape implements Landscaper {
  private walker: EnergyField | null = null;
  private slopes: EnergyField | null = null;
  /** Of the latent whose value was chosen last. */
  private predictor: { readonly key: PortKey; readonly value: Predictor } | null = null;

  private constructor(
    private readonly analysis: Analysis,
    private readonly view: LandscapeView,
    private readonly engine: Engine,
    private readonly layer: PlaneLayer,
    /** Held-out rows of what is held. */
    private readonly data: HeldOutData,
    private readonly grid: EnergyField,
    private readonly contrast: ContrastivePoints,
  ) {}

  /** Fails when data cannot be loaded. */
  static async create(
    source: PlaneLayerSource,
    analysis: Analysis,
    view: LandscapeView,
    options: LandscaperOptions,
  ): Promise<Result<Landscaper>> {
    const { engine } = options;
    const layer = await source.create(analysis, view, options);
    if (!layer.ok) return layer;
    const { given, held, views } = view;
    const rows = layer.value.side ** 2;
    const compiled = compileEnergyAt(analysis, { given, views, rows });
    if (!compiled.ok) return compiled;
    const data = await HeldOutData.load(analysis, held, options);
    if (!data.ok) return data;
    const contrast = await ContrastivePoints.create(analysis, view, options);
    if (!contrast.ok) return contrast;
    const grid = await EnergyField.create(compiled.value, engine);
    const tools = [data.value, grid, contrast.value] as const;
    return success(new EnergyLandscape(analysis, view, engine, layer.value, ...tools));
  }

  async frame(model: LandscapeModel, settings: LandscapeSettings): Promise<LandscapeFrame> {
    const { view, grid, layer } = this;
    const { plane, row, range: usual, ...laid } = await layer.lay(model, settings);
    const range = settings.range ?? usual;
    this.prepare(grid, model, row);
    const { energy } = await grid.at(rowsAt(plane, gridPoints(range, layer.side)));
    const arrows = settings.arrows ? await this.arrows(model, plane, row, range) : null;
    return {
      viewId: view.id,
      step: model.snapshot?.step ?? null,
      columns: layer.side,
      rows: layer.side,
      range,
      values: Float32Array.from(energy),
      ...laid,
      ...(await this.contrast.at(model)),
      inference: await this.wayOf(model, plane, row),
      arrows,
      pictures: view.picture && this.picturesOf(plane),
      missing: 0,
    };
  }

  /** All numbers of what varies descend, and are seen over the nearest points of the plane. */
  async descend(
    model: LandscapeModel,
    settings: LandscapeSettings,
    from: PlanePoint,
    range: LandscapeRange,
  ): Promise<Descent> {
    const { view } = this;
    const { plane, row } = await this.layer.lay(model, settings);
    const walker = (this.walker ??= await this.fieldOfSlopes(1));
    this.prepare(walker, model, row);
    const start = rowsAt(plane, [from]);
    const moving = this.movingPart(plane);
    const valuesAt = (point: readonly number[]): PortRows => {
      let at = 0;
      const parts = moving.map(({ key, origin }) => {
        const end = at + origin.length;
        const part = [key, point.slice(at, end)] as const;
        at = end;
        return part;
      });
      return new Map<PortKey, ArrayLike<number>>([...start, ...parts]);
    };
    const { path, energies, end } = await descend(
      async (point) => {
        const { energy, slope } = await walker.at(valuesAt(point));
        return { energy: energy[0] ?? NaN, slope: view.moving.flatMap((port) => [...slope(port)]) };
      },
      moving.flatMap(({ key }) => [...Array.from(start.get(key) ?? [])]),
      { span: spanOf(moving, range) },
    );
    const last = path.at(-1) ?? [];
    return {
      path: path.map((point) => nearestPoint(plane, valuesAt(point))),
      energies,
      end,
      beside: distanceFrom(plane, valuesAt(last)) / lengthOf(plane, 'across'),
      last: view.picture ? Float32Array.from(last) : null,
    };
  }

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
    const { row } = await this.layer.lay(model, settings);
    this.prepare(predictor.field, model, row);
    return predictor.at(value, range);
  }

  dispose(): void {
    this.predictor?.value.dispose();
    for (const tool of [this.grid, this.walker, this.slopes]) tool?.dispose();
    for (const tool of [this.layer, this.contrast]) tool?.dispose();
  }

  /** `n × 4`: points on a coarse grid, and −∇F there, as far as it lies in the plane. */
  private async arrows(
    model: LandscapeModel,
    plane: Plane,
    row: number,
    range: LandscapeRange,
  ): Promise<Float32Array> {
    const { view } = this;
    const field = (this.slopes ??= await this.fieldOfSlopes(ARROWS ** 2));
    this.prepare(field, model, row);
    const points = gridPoints(range, ARROWS);
    const { slope } = await field.at(rowsAt(plane, points));
    const slopes = view.moving.map((port) => {
      const all = slope(port);
      return [portKey(port.nodeId, port.port), all, all.length / points.length] as const;
    });
    return Float32Array.from(
      points.flatMap((point, index) => {
        const moves = slopes.map(([key, all, size]) => {
          const own = all.slice(index * size, (index + 1) * size);
          return [key, own.map((value) => -value)] as const;
        });
        return [...point, ...nearestMove(plane, new Map(moves))];
      }),
    );
  }

  private async wayOf(
    model: LandscapeModel,
    plane: Plane,
    row: number,
  ): Promise<InferencePath | null> {
    const way = (await this.layer.finder?.wayOf(model, row)) ?? [];
    const [{ key } = { key: null }] = plane;
    if (way.length === 0 || key === null) return null;
    const walker = (this.walker ??= await this.fieldOfSlopes(1));
    this.prepare(walker, model, row);
    const { energy } = await walker.at(new Map([[key, way.flatMap(({ value }) => [...value])]]));
    return {
      path: way.map(({ value }) => nearestPoint(plane, new Map([[key, value]]))),
      energies: [...energy],
      steps: way.map(({ steps }) => steps),
    };
  }

  private async fieldOfSlopes(rows: number): Promise<EnergyField> {
    const { given, moving, views } = this.view;
    const compiled = compileEnergyAt(this.analysis, { given, slopes: moving, views, rows });
    if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
    return EnergyField.create(compiled.value, this.engine);
  }

  private prepare(field: EnergyField, { snapshot, live }: LandscapeModel, row: number): void {
    field.setModel(snapshot?.state ?? null);
    field.setLive(live);
    field.hold(new Map(this.view.held.map((port) => this.data.rowsOf(port, [row]))));
  }

  private movingPart(plane: Plane): Plane {
    const keys = this.view.moving.map(({ nodeId, port }) => portKey(nodeId, port));
    return keys.map((key) =>
      defined(
        plane.find((part) => part.key === key),
        `plane of ${key}`,
      ),
    );
  }

  private picturesOf(plane: Plane): PlaneValues | null {
    const [part] = this.movingPart(plane);
    if (!part) return null;
    const { origin, across, up } = part;
    return {
      origin: Float32Array.from(origin),
      across: Float32Array.from(across),
      up: Float32Array.from(up),
    };
  }
}

/** How far a picture reaches along what moves. */
function spanOf(moving: Plane, { x, y }: LandscapeRange): number {
  return Math.max(
    (x[1] - x[0]) * lengthOf(moving, 'across'),
    (y[1] - y[0]) * lengthOf(moving, 'up'),
  );
}
