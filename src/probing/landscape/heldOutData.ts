import type { Analysis } from '../../compiler/analysis/analysis';
import { portKey, type PortKey, type PortReference } from '../../compiler/graph/graph';
import { heldOutRows } from '../../compiler/programs/compileEnergyAt';
import { loadData } from '../../compiler/programs/loadData';
import { defined } from '../../core/invariant';
import { success, type Result } from '../../core/result';
import type { HostArrays } from '../../engine/engine';
import { sampleSize } from '../../graph/ports';
import type { LandscaperOptions } from './landscapeModel';

/** Held-out rows of some observed ports. */
export class HeldOutData {
  private constructor(
    private readonly analysis: Analysis,
    private readonly arrays: HostArrays,
  ) {}

  /** Fails when data cannot be loaded. */
  static async load(
    analysis: Analysis,
    ports: readonly PortReference[],
    { asset, cache }: LandscaperOptions,
  ): Promise<Result<HeldOutData>> {
    const { seed } = analysis.training;
    const source = cache ? { seed, asset, cache } : { seed, asset };
    const requests = ports.map((port) => heldOutRows(analysis, port));
    const loaded = await loadData(requests, source);
    return loaded.ok ? success(new HeldOutData(analysis, loaded.value.arrays)) : loaded;
  }

  /** Some rows of a port, by its key. */
  rowsOf(port: PortReference, indices: readonly number[]): [PortKey, Float32Array] {
    const all = this.all(port);
    const size = this.sizeOf(port);
    const values = new Float32Array(indices.length * size);
    indices.forEach((row, place) => {
      for (let at = 0; at < size; at++) values[place * size + at] = all[row * size + at] ?? NaN;
    });
    return [portKey(port.nodeId, port.port), values];
  }

  countOf(port: PortReference): number {
    return this.all(port).length / this.sizeOf(port);
  }

  private all({ nodeId, port }: PortReference): ArrayLike<number> {
    return defined(this.arrays.get(portKey(nodeId, port)), `rows of ${nodeId}.${port}`);
  }

  private sizeOf({ nodeId, port }: PortReference): number {
    return sampleSize(defined(this.analysis.types.get(portKey(nodeId, port)), `type of ${port}`));
  }
}
