import type { Analysis } from '../../compiler/analysis/analysis';
import { compileEnergyAt } from '../../compiler/programs/compileEnergyAt';
import type { LandscapeView } from '../../compiler/programs/landscape/landscapePlane';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import { EnergyField } from '../energyField';
import { HeldOutData } from './heldOutData';
import type { LandscapeModel, LandscaperOptions } from './landscapeModel';

/** Held-out samples whose latent is found. */
const MOST_LATENTS = 128;
/** Places on the way of inference that are looked at, its start and its end among them. */
const MOST_PLACES = 13;

/** Where inference or an encoder puts the latent of a view, of held-out samples. */
export class LatentFinder {
  private trail: Promise<EnergyField> | null = null;

  private constructor(
    private readonly analysis: Analysis,
    private readonly view: LandscapeView,
    private readonly options: LandscaperOptions,
    private readonly data: HeldOutData,
    private readonly field: EnergyField,
  ) {}

  /** Fails when data cannot be loaded. */
  static async create(
    analysis: Analysis,
    view: LandscapeView,
    options: LandscaperOptions,
  ): Promise<Result<LatentFinder>> {
    const { given, held } = view;
    const compiled = compileEnergyAt(analysis, { given: held, read: given, rows: MOST_LATENTS });
    if (!compiled.ok) return compiled;
    const data = await HeldOutData.load(analysis, held, options);
    if (!data.ok) return data;
    const field = await EnergyField.create(compiled.value, options.engine);
    return success(new LatentFinder(analysis, view, options, data.value, field));
  }

  /** Held-out samples. */
  get count(): number {
    return Math.min(...this.view.held.map((port) => this.data.countOf(port)));
  }

  /** The data set that they are of. */
  get dataset(): string | null {
    const node = this.analysis.graph.byId.get(this.view.held[0]?.nodeId ?? '');
    return node?.definition.dataset?.(node.params).id ?? null;
  }

  /** The first ones, and one more if it is not among them. */
  indicesWith(sample: number): number[] {
    const shown = Math.min(this.count, MOST_LATENTS);
    const indices = Array.from({ length: shown }, (_, index) => index);
    if (sample >= shown && sample < this.count) indices[shown - 1] = sample;
    return indices;
  }

  /** A row for each of some samples. */
  async find(model: LandscapeModel, indices: readonly number[]): Promise<Float64Array> {
    const { field, view } = this;
    prepare(field, model);
    const { value } = await field.at(
      new Map(view.held.map((port) => this.data.rowsOf(port, indices))),
    );
    return value(defined(view.given[0], 'latent'));
  }

  /** Where the latent of a sample is after some steps of its own inference; empty where none are taken. */
  async wayOf(
    model: LandscapeModel,
    sample: number,
  ): Promise<readonly { readonly steps: number; readonly value: Float64Array }[]> {
    const { view } = this;
    if (view.steps === 0) return [];
    const port = defined(view.given[0], 'latent');
    const before = stepsLookedAt(view.steps).slice(0, -1);
    const field = await (this.trail ??= this.makeTrail(before.map((steps) => steps / view.steps)));
    prepare(field, model);
    const found = await field.at(
      new Map(view.held.map((held) => this.data.rowsOf(held, [sample]))),
    );
    return [
      ...before.map((steps, place) => ({ steps, value: found.valueAfter(port, place) })),
      { steps: view.steps, value: found.value(port) },
    ];
  }

  dispose(): void {
    this.field.dispose();
    void this.trail?.then((field) => field.dispose());
  }

  private makeTrail(after: readonly number[]): Promise<EnergyField> {
    const { given, held } = this.view;
    const compiled = compileEnergyAt(this.analysis, { given: held, read: given, rows: 1, after });
    if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
    return EnergyField.create(compiled.value, this.options.engine);
  }
}

function prepare(field: EnergyField, { snapshot, live }: LandscapeModel): void {
  field.setModel(snapshot?.state ?? null);
  field.setLive(live);
}

/** From 0 to all of them: the first steps, which lead farthest, more closely. */
export function stepsLookedAt(steps: number): number[] {
  const last = Math.min(steps, MOST_PLACES - 1);
  const places = Array.from({ length: last + 1 }, (_, place) =>
    Math.max(place, Math.round(steps * (place / last) ** 2)),
  );
  return [...new Set(places)];
}
