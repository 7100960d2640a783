import type { Analysis } from '../compiler/analysis/analysis';
import { averageRoot } from '../compiler/graph/weightLinks';
import { trainedSteps } from '../compiler/lowering/trainedSteps';
import { stateName } from '../compiler/names';
import {
  isOptimizerState,
  optimizerScalar,
  slotName,
  slottedArray,
} from '../compiler/optimizer/optimize';
import { clockSlot, CORRECTIONS } from '../compiler/optimizer/updateRules';
import type { OptimizerSettings } from '../document/schema';
import type { HostArray, HostArrays } from '../engine/engine';
import {
  areFinite,
  hasArrays,
  moduleFates,
  shapeDifference,
  trainedOwners,
  usedNodes,
  type ModuleFate,
  type NamedShape,
} from './moduleFates';

export interface CarriedState {
  /** What the program of the changed graph takes over: all else of it is as at the start. */
  readonly state: HostArrays;
  readonly fates: readonly ModuleFate[];
}

/**
 * The state of a run, as far as it is of use to a changed graph (docs/semantics.md §9): of each module that keeps its weights
 * also running statistics and moments; averages of these; what samplers and latents go on from.
 */
export function carryOver(before: Analysis, after: Analysis, state: HostArrays): CarriedState {
  const fates = moduleFates(before, after, state);
  return { state: new Carrier(before, after, state, fates).carry(), fates };
}

class Carrier {
  private readonly carried = new Map<string, HostArray>();
  private readonly kept: ReadonlySet<string>;
  private readonly used: ReadonlySet<string>;

  constructor(
    private readonly before: Analysis,
    private readonly after: Analysis,
    private readonly state: HostArrays,
    private readonly fates: readonly ModuleFate[],
  ) {
    this.kept = new Set(fates.flatMap(({ nodeId, anew }) => (anew === null ? nodeId : [])));
    this.used = usedNodes(after);
  }

  carry(): HostArrays {
    for (const owner of this.kept) {
      this.takeAll(this.sourceOf(owner), owner, this.after.weights.get(owner) ?? []);
    }
    this.carryAverages();
    this.carryStatistics();
    this.carryOptimizer();
    if (this.kept.size === this.fates.length) this.carryProbes();
    return this.carried;
  }

  /** Whose weights a module had. */
  private sourceOf(owner: string): string {
    return this.before.owners.get(owner) ?? owner;
  }

  /** An average goes on where it was; a new one begins with the weights that it follows, as at the start of a run. */
  private carryAverages(): void {
    const { before, after, kept, used } = this;
    const { averages } = after;
    const readers = [...after.owners].filter(([id]) => used.has(id)).map(([, owner]) => owner);
    const read = new Set([...readers, ...[...averages.values()].map(({ source }) => source)]);
    for (const [link, { source, weights }] of averages) {
      if (!read.has(link) || !kept.has(averageRoot(averages, link))) continue;
      const goesOn = this.fits(link, before.averages.get(link)?.weights ?? [], weights);
      for (const { name } of weights) {
        const target = stateName(link, name);
        const from = goesOn ? this.state.get(target) : this.carried.get(stateName(source, name));
        if (from) this.carried.set(target, from);
      }
    }
  }

  /** Of modules whose weights are kept, and of what has none, such as the chains of a sampler. */
  private carryStatistics(): void {
    const { before, after, kept, used } = this;
    for (const [owner, specs] of after.statistics) {
      const weightsOf = after.owners.get(owner);
      const isKept = weightsOf === undefined || kept.has(averageRoot(after.averages, weightsOf));
      const source = before.statisticOwners.get(owner);
      if (!isKept || source === undefined || !used.has(owner)) continue;
      if (this.fits(source, before.statistics.get(source) ?? [], specs)) {
        this.takeAll(source, owner, specs);
      }
    }
  }

  /**
   * Moments of what is kept, where both optimizers have them. What starts anew among what goes on has bias corrections of its
   * own, or its first steps would be too long.
   */
  private carryOptimizer(): void {
    const { before, after, state, kept } = this;
    const had = momentsOf(before.training.optimizer);
    const kinds = momentsOf(after.training.optimizer).filter((kind) => had.includes(kind));
    if (kinds.length === 0) return;
    const goesOn = (owner: string): boolean =>
      kept.has(owner) && before.weights.has(this.sourceOf(owner));
    const owners = trainedOwners(after);
    for (const owner of owners.filter(goesOn)) {
      const source = this.sourceOf(owner);
      for (const { name } of after.weights.get(owner) ?? []) {
        for (const kind of kinds) {
          const from = state.get(slotName(kind, stateName(source, name)));
          if (from) this.carried.set(slotName(kind, stateName(owner, name)), from);
        }
      }
    }
    for (const kind of correctionsOf(after.training.optimizer)) {
      const shared = state.get(optimizerScalar(kind));
      for (const owner of owners) {
        const own = state.get(optimizerScalar(clockSlot(kind, this.sourceOf(owner)))) ?? shared;
        const correction = goesOn(owner) && own ? own : Float32Array.of(0);
        const isShared = trainedSteps(after, owner) === null && correction[0] === shared?.[0];
        this.carried.set(optimizerScalar(isShared ? kind : clockSlot(kind, owner)), correction);
      }
    }
  }

  /** What probes have learned, where neither they nor what they read have changed. */
  private carryProbes(): void {
    const { before, after, state } = this;
    const isSame =
      before.training.seed === after.training.seed && probesText(before) === probesText(after);
    if (!isSame) return;
    const ofModel = new Set([...modelArrays(before), ...modelArrays(after)]);
    for (const [name, array] of state) {
      const of = isOptimizerState(name) ? slottedArray(name) : name;
      if (of !== null && !ofModel.has(of)) this.carried.set(name, array);
    }
  }

  private fits(source: string, had: readonly NamedShape[], has: readonly NamedShape[]): boolean {
    const { state } = this;
    const isSame = shapeDifference(had, has) === null;
    return isSame && hasArrays(state, source, has) && areFinite(state, source, has);
  }

  private takeAll(source: string, owner: string, arrays: readonly NamedShape[]): void {
    for (const { name } of arrays) {
      const array = this.state.get(stateName(source, name));
      if (array) this.carried.set(stateName(owner, name), array);
    }
  }
}

function correctionsOf({ kind }: OptimizerSettings): readonly string[] {
  return kind === 'sgd' ? [] : CORRECTIONS;
}

/** Arrays that the optimizer keeps for each weight. */
function momentsOf(optimizer: OptimizerSettings): readonly string[] {
  if (optimizer.kind !== 'sgd') return ['mean', 'meanSquare'];
  return optimizer.momentum === 0 ? [] : ['momentum'];
}

function modelArrays({ weights, averages, statistics }: Analysis): string[] {
  const averaged = [...averages].map(([id, { weights: specs }]) => [id, specs] as const);
  return [...weights, ...averaged, ...statistics].flatMap(([owner, specs]) =>
    specs.map(({ name }) => stateName(owner, name)),
  );
}

/** All that decides what probes learn from what they read. */
function probesText({ probes }: Analysis): string {
  return JSON.stringify(
    probes.map(({ node: { id, definition, params, inputs } }) => [
      id,
      definition.kind,
      params,
      [...inputs],
    ]),
  );
}
