import type { Analysis } from '../compiler/analysis/analysis';
import type { ProbeArm } from '../compiler/probes/probeValues';
import { PROBE_OUTPUT, type WatchedProbe } from '../compiler/probes/watchedProbe';
import { compileProbeFeatures } from '../compiler/programs/compileProbeFeatures';
import { loadData, type DataSource } from '../compiler/programs/loadData';
import { defined } from '../core/invariant';
import { success, type Result } from '../core/result';
import type { Engine, Executable, HostArray, HostArrays } from '../engine/engine';
import { fittingState } from '../engine/fittingState';
import type { Program } from '../ir/types';
import type { Captured } from './readings/reading';
import { rowMatrix } from './rowMatrix';

/** What bounds the cost of readings that look at training rows. */
const MAXIMUM_ROWS = { train: 1500, heldOut: 512 } as const;

/** The outputs that a program captures of a probe. */
export function capturedOf(probe: WatchedProbe, output: (name: string) => HostArray): Captured {
  const { nodeId, rows, target } = probe;
  const arms = [...probe.arms].map(
    ([arm, width]) =>
      [arm, rowMatrix(rows, width, finite(output(PROBE_OUTPUT.arm(nodeId, arm))))] as const,
  );
  if (!target) return { arms: new Map<ProbeArm, (typeof arms)[0][1]>(arms), truth: null };
  const given = output(PROBE_OUTPUT.target(nodeId));
  return {
    arms: new Map(arms),
    truth:
      target.kind === 'classes'
        ? { kind: 'classes', labels: Int32Array.from(given), count: target.count }
        : { kind: 'numbers', values: rowMatrix(rows, target.count, given) },
  };
}

/** A diverged model has a score too: that of guessing. */
function finite(values: HostArray): Float64Array {
  return Float64Array.from(values, (value) => (Number.isFinite(value) ? value : 0));
}

export interface CapturedSplits {
  readonly train: ReadonlyMap<string, Captured>;
  readonly heldOut: ReadonlyMap<string, Captured>;
}

interface Split {
  readonly program: Program;
  readonly probes: readonly WatchedProbe[];
  readonly executable: Executable;
}

/** What the probes that predict read on training and on held-out rows, in evaluate mode, for as many snapshots as come. */
export class ProbeFeatures {
  private constructor(private readonly splits: Readonly<Record<'train' | 'heldOut', Split>>) {}

  static async create(
    analysis: Analysis,
    engine: Engine,
    source: DataSource,
  ): Promise<Result<ProbeFeatures>> {
    const compile = async (split: 'train' | 'heldOut'): Promise<Result<Split>> => {
      const compiled = compileProbeFeatures(analysis, split, MAXIMUM_ROWS[split]);
      if (!compiled.ok) return compiled;
      const { program, probes, data } = compiled.value;
      const loaded = await loadData(data, source);
      if (!loaded.ok) return loaded;
      return success({
        program,
        probes,
        executable: await engine.compile(program, loaded.value.arrays),
      });
    };
    const train = await compile('train');
    if (!train.ok) return train;
    const heldOut = await compile('heldOut');
    if (heldOut.ok)
      return success(new ProbeFeatures({ train: train.value, heldOut: heldOut.value }));
    train.value.executable.dispose();
    return heldOut;
  }

  /** By the ids of the probes. */
  async capture(
    split: 'train' | 'heldOut',
    state: HostArrays,
    live: Readonly<Record<string, number>>,
  ): Promise<ReadonlyMap<string, Captured>> {
    const { program, probes, executable } = this.splits[split];
    executable.setLive(live);
    executable.writeState(fittingState(program, state), 0);
    await executable.run(1);
    const outputs = await executable.readOutputs();
    return new Map(
      probes.map((probe) => [
        probe.nodeId,
        capturedOf(probe, (name) => defined(outputs.get(name), `output ${name}`)),
      ]),
    );
  }

  dispose(): void {
    for (const { executable } of Object.values(this.splits)) executable.dispose();
  }
}
