import type { Analysis } from '../compiler/analysis/analysis';
import type { WatchedProbe } from '../compiler/probes/watchedProbe';
import type { DataSource } from '../compiler/programs/loadData';
import { defined } from '../core/invariant';
import { success, type Result } from '../core/result';
import type { Engine, HostArray, HostArrays } from '../engine/engine';
import { capturedOf, ProbeFeatures } from './capturedProbes';
import { studyProbe, type ProbeStudy, type StudyRequest } from './probeStudy';
import { readingOf } from './readings';
import type { Captured, ProbeReading } from './readings/reading';

type Live = Readonly<Record<string, number>>;

/** Reads the probes of one document, for as many snapshots as come. What reads training rows is compiled when it is asked. */
export class ProbeReader {
  private features: ProbeFeatures | null = null;

  constructor(
    private readonly analysis: Analysis,
    private readonly probes: readonly WatchedProbe[],
    private readonly engine: Engine,
    private readonly source: DataSource,
  ) {}

  /** By node. `output`: what the evaluation of these weights has captured. */
  async read(
    state: HostArrays,
    live: Live,
    output: (name: string) => HostArray,
  ): Promise<Result<Readonly<Record<string, ProbeReading>>>> {
    let training: ReadonlyMap<string, Captured> = new Map();
    if (this.probes.some(({ reading }) => readingOf(reading).readsTraining)) {
      const features = await this.compiled();
      if (!features.ok) return features;
      training = await features.value.capture('train', state, live);
    }
    return success(
      Object.fromEntries(
        this.probes.map((probe) => [
          probe.nodeId,
          readingOf(probe.reading).read({
            probe,
            heldOut: capturedOf(probe, output),
            training: training.get(probe.nodeId) ?? null,
          }),
        ]),
      ),
    );
  }

  /** Null where the graph has no such probe, or it does not predict. */
  async study(
    state: HostArrays,
    live: Live,
    nodeId: string,
    request: StudyRequest,
  ): Promise<Result<ProbeStudy | null>> {
    const probe = this.probes.find((one) => one.nodeId === nodeId);
    if (!probe?.target) return success(null);
    const features = await this.compiled();
    if (!features.ok) return features;
    const train = await features.value.capture('train', state, live);
    const heldOut = await features.value.capture('heldOut', state, live);
    return success(
      studyProbe(
        {
          probe,
          train: defined(train.get(nodeId), nodeId),
          heldOut: defined(heldOut.get(nodeId), nodeId),
        },
        request,
      ),
    );
  }

  dispose(): void {
    this.features?.dispose();
    this.features = null;
  }

  private async compiled(): Promise<Result<ProbeFeatures>> {
    if (this.features) return success(this.features);
    const made = await ProbeFeatures.create(this.analysis, this.engine, this.source);
    if (made.ok) this.features = made.value;
    return made;
  }
}
