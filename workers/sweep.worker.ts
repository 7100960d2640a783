import '../src/core/withoutEval';
import { transfer } from 'comlink';
import { registry } from '../nodes/index';
import { DatasetCache } from '../src/compiler/programs/loadData';
import { success, type Result } from '../src/core/result';
import { calibrate } from '../src/engine/calibrate';
import type { Engine } from '../src/engine/engine';
import { ENGINES } from '../src/engine/engines';
import { browserHost } from '../src/engine/hosts/browserHost';
import { runTrial } from '../src/sweeps/runTrial';
import { chooseEngine } from '../src/training/chooseEngine';
import { freeAnyway } from '../src/training/connection';
import { failureOf } from '../src/training/failureOf';
import { fetchAsset } from './assets';
import { exposeWorker } from './exposeWorker';
import type { SweepWorkerApi, TrialAnswer, TrialRequest } from './protocol';
import { arrayBuffers } from './transferables';

/** The page is told of the steps of a trial this often. */
const PROGRESS_INTERVAL_MS = 250;

/** Trains one trial after the other, on an engine that it keeps. */
class SweepWorker implements SweepWorkerApi {
  private readonly cache = new DatasetCache();
  private made: { readonly name: string; readonly engine: Engine } | null = null;

  async run(
    { document, engine: name }: TrialRequest,
    onStep: (step: number) => void,
  ): Promise<TrialAnswer> {
    try {
      const engine = await this.engineNamed(name);
      if (!engine.ok) return { outcome: null, diagnostics: engine.diagnostics };
      let toldAt = performance.now();
      const machine = {
        engine: engine.value,
        asset: fetchAsset,
        cache: this.cache,
      };
      const trial = await runTrial(document, registry, machine, {
        onStep(step) {
          const now = performance.now();
          if (now - toldAt < PROGRESS_INTERVAL_MS) return;
          toldAt = now;
          onStep(step);
        },
      });
      if (!trial.ok || trial.value === null) {
        return { outcome: null, diagnostics: trial.diagnostics };
      }
      const outcome = trial.value;
      const buffers = arrayBuffers([
        ...outcome.state.values(),
        ...outcome.curve.columns.flatMap(({ mean, low, high }) => [mean, low, high]),
      ]);
      return transfer({ outcome, diagnostics: trial.diagnostics }, buffers);
    } catch (error) {
      this.discard();
      const labelOf = (nodeId: string): string =>
        document.nodes.find(({ id }) => id === nodeId)?.label ?? nodeId;
      const diagnostic = failureOf(error, 'The trial stopped on an unexpected failure', labelOf);
      return { outcome: null, diagnostics: [diagnostic] };
    }
  }

  private async engineNamed(name: string): Promise<Result<Engine>> {
    if (this.made?.name === name) return success(this.made.engine);
    this.discard();
    const chosen = await chooseEngine(name, ENGINES, browserHost, calibrate).factory();
    if (!chosen.ok) return chosen;
    const { engine } = chosen.value;
    this.made = { name, engine };
    return success(engine);
  }

  private discard(): void {
    const { made } = this;
    this.made = null;
    freeAnyway(() => made?.engine.dispose());
  }
}

exposeWorker(new SweepWorker());
