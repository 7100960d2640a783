import '../src/core/withoutEval';
import { registry } from '../nodes/index';
import { analyse } from '../src/compiler/analysis/analyse';
import { documentChange } from '../src/compiler/programs/documentChange';
import { liveValues } from '../src/compiler/programs/liveDocument';
import { DatasetCache } from '../src/compiler/programs/loadData';
import type { Diagnostic } from '../src/core/diagnostic';
import { success, type Result } from '../src/core/result';
import type { BasinDocument } from '../src/document/schema';
import type { Engine } from '../src/engine/engine';
import { browserHost } from '../src/engine/hosts/browserHost';
import { tfjs } from '../src/engine/tfjs/descriptor';
import { Prober } from '../src/probing/prober';
import { freeAnyway } from '../src/training/connection';
import { failureOf } from '../src/training/failureOf';
import { Mutex } from '../src/training/mutex';
import { fetchAsset } from './assets';
import { exposeWorker } from './exposeWorker';
import type { ProbeAnswer, ProbeRequest, ProbeWorkerApi } from './protocol';

const BASE_URL = new URL(import.meta.env.BASE_URL, self.location.href);

/** Keeps the compiled evaluation of the last document: live values and moved nodes do not compile anew. */
class ProbeWorker implements ProbeWorkerApi {
  private readonly cache = new DatasetCache();
  private readonly mutex = new Mutex();
  private engine: Engine | null = null;
  private compiled: { readonly document: BasinDocument; readonly prober: Prober } | null = null;

  probe(request: ProbeRequest): Promise<ProbeAnswer> {
    return this.mutex.run(() => this.answer(request));
  }

  private async answer({
    runId,
    revision,
    document,
    snapshot,
    trainedFrom,
  }: ProbeRequest): Promise<ProbeAnswer> {
    try {
      const prober = await this.proberOf(document);
      const { diagnostics } = prober;
      if (!prober.ok) return { runId, revision, report: null, diagnostics };
      const report = await prober.value.probe(
        { ...snapshot, trainedFrom },
        liveValues(document, registry),
      );
      return { runId, revision, report, diagnostics };
    } catch (error) {
      const labelOf = (nodeId: string): string =>
        document.nodes.find(({ id }) => id === nodeId)?.label ?? nodeId;
      const { message, ...rest } = failureOf(error, 'An unexpected failure', labelOf);
      // The run itself goes on.
      const diagnostic: Diagnostic = {
        ...rest,
        severity: 'warning',
        message: `The run was not diagnosed. ${message}`,
      };
      this.discard();
      return { runId, revision, report: null, diagnostics: [diagnostic] };
    }
  }

  private async proberOf(document: BasinDocument): Promise<Result<Prober>> {
    if (this.compiled !== null) {
      // Labels are in its reports.
      const { lowers, annotates } = documentChange(this.compiled.document, document, registry);
      if (!lowers && !annotates) return success(this.compiled.prober);
    }
    this.compiled?.prober.dispose();
    this.compiled = null;
    // Not the GPU: the run has it, and one evaluation now and then is little work.
    const engine = this.engine ? success(this.engine) : await tfjs.create(browserHost);
    if (!engine.ok) return engine;
    this.engine = engine.value;
    const prober = await Prober.create(analyse(document, registry), {
      engine: engine.value,
      asset: (name) => fetchAsset(name, BASE_URL),
      cache: this.cache,
    });
    if (prober.ok) this.compiled = { document, prober: prober.value };
    return prober;
  }

  /** After a failure everything is made anew. */
  private discard(): void {
    this.compiled = null;
    const { engine } = this;
    this.engine = null;
    freeAnyway(() => engine?.dispose());
  }
}

exposeWorker(new ProbeWorker());
