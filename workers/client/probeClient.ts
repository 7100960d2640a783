import type { Remote } from 'comlink';
import { comesWithin } from '../../src/core/watch/withDeadline';
import type { Diagnostic } from '../../src/core/diagnostic';
import type { BasinDocument } from '../../src/document/schema';
import type { ProbeAnswer, ProbeRequest, ProbeWorkerApi, RunTag } from '../protocol';
import { watchWorker } from './watchWorker';
import {
  WorkerDiedError,
  WorkerEndedError,
  WorkerHost,
  workerCallback,
  type ClientOptions,
  type WorkerLike,
} from './workerHost';

function spawnProbeWorker(): WorkerLike {
  return watchWorker(
    new Worker(new URL('../probe.worker.ts', import.meta.url), { type: 'module' }),
  );
}

function tagOf({ runId, revision }: RunTag): RunTag {
  return { runId, revision };
}

function isSpoiling({ code }: Diagnostic): boolean {
  return code === 'run.failed' || code === 'run.out-of-memory';
}

/** A worker that is busy for so long, in milliseconds, with a document that is no longer open is ended. */
const GRACE_MS = 1000;

/** What is asked of the worker, one thing of each kind at a time. */
interface Question {
  readonly document: BasinDocument;
  /** Asks, and gives the answer to whoever waits for it. */
  readonly ask: () => Promise<void>;
  /** A newer one of its kind has come: it is not asked any more. */
  readonly skip: () => void;
}

type Kind = keyof ProbeWorkerApi;

/** A call of the worker, whose answer is null when a newer request of its kind overtook it. */
type Asked<K extends Kind> = (
  ...request: Parameters<ProbeWorkerApi[K]>
) => Promise<Awaited<ReturnType<ProbeWorkerApi[K]>> | null>;

/**
 * The page's end of the probe worker. One question is asked at a time, and of each kind only the newest one waits: a slow
 * probe or landscape skips snapshots instead of falling behind.
 */
export class ProbeClient {
  private readonly host: WorkerHost<ProbeWorkerApi>;
  /** In the order in which they came. */
  private readonly waiting = new Map<Kind, Question>();
  private newest: ProbeRequest | null = null;
  /** What is being asked, with its end. */
  private asked: { readonly document: BasinDocument; readonly end: Promise<void> } | null = null;
  /** What was too large for the memory once will be so again. */
  private tooLarge: ProbeRequest | null = null;

  constructor({ spawn = spawnProbeWorker, onSilent }: ClientOptions = {}) {
    this.host = new WorkerHost({ name: 'worker that diagnoses', spawn, onSilent });
  }

  /**
   * The report on a snapshot, whose arrays stay the caller's; null when a newer request overtook it, or one for another
   * run or revision came meanwhile. Never rejects: failures are diagnostics of the answer.
   */
  readonly probe: Asked<'probe'> = async (request) => {
    if (this.newest?.runId !== request.runId) this.host.forgive();
    this.newest = request;
    const answer = await this.queue('probe', request, () => this.askProbe(request));
    if (answer === null) return null;
    const { newest } = this;
    const isLate = newest?.runId !== answer.runId || newest.revision !== answer.revision;
    return isLate ? null : answer;
  };

  /** F over a grid. Never rejects. */
  readonly landscape: Asked<'landscape'> = (request) =>
    this.queue('landscape', request, () =>
      this.ask(
        (api) => api.landscape(request),
        'landscape',
        (diagnostics) => ({ ...tagOf(request), frame: null, diagnostics }),
      ),
    );

  /** A way down a landscape. Never rejects. */
  readonly descend: Asked<'descend'> = (request) =>
    this.queue('descend', request, () =>
      this.ask(
        (api) => api.descend(request),
        'way down',
        (diagnostics) => ({ ...tagOf(request), descent: null, diagnostics }),
      ),
    );

  /** Which y goes with a chosen z. Never rejects. */
  readonly predict: Asked<'predict'> = (request) =>
    this.queue('predict', request, () =>
      this.ask(
        (api) => api.predict(request),
        'prediction',
        (diagnostics) => ({ ...tagOf(request), prediction: null, diagnostics }),
      ),
    );

  /** Images of held-out samples. Never rejects. */
  readonly pictures: Asked<'pictures'> = (request) =>
    this.queue('pictures', request, () =>
      this.ask(
        (api) => api.pictures(request),
        'evaluation',
        (diagnostics) => ({ ...tagOf(request), strip: null, diagnostics }),
      ),
    );

  /** What stands on nodes. Never rejects. */
  readonly nodePictures: Asked<'nodePictures'> = (request) =>
    this.queue('nodePictures', request, () =>
      this.ask(
        (api) => api.nodePictures(request),
        'evaluation',
        (diagnostics) => ({ ...tagOf(request), pictures: null, diagnostics }),
      ),
    );

  /** What the graph makes of a code. Never rejects. */
  readonly latent: Asked<'latent'> = (request) =>
    this.queue('latent', request, () =>
      this.ask(
        (api) => api.latent(request),
        'evaluation',
        (diagnostics) => ({ ...tagOf(request), frame: null, samples: null, diagnostics }),
      ),
    );

  /** What the graph makes of held-out sequences. Never rejects. */
  readonly sequence: Asked<'sequence'> = (request) =>
    this.queue('sequence', request, () =>
      this.ask(
        (api) => api.sequence(request),
        'evaluation',
        (diagnostics) => ({ ...tagOf(request), frame: null, film: null, diagnostics }),
      ),
    );

  /**
   * Values of a port as points. It may take seconds, and does not hold up other questions, but is asked for one at a time. Never
   * rejects.
   */
  readonly embed: ProbeWorkerApi['embed'] = (request, progress) =>
    this.ask(
      (api) => api.embed(request, workerCallback(progress)),
      'embedding',
      (diagnostics) => ({
        ...tagOf(request),
        ...{ frame: null, samples: null, stopped: false, diagnostics },
      }),
    );

  /** The embedding under way ends with what it has. */
  async stopEmbedding(): Promise<void> {
    // Where the worker is gone, so is the embedding.
    await this.host.call((api) => api.stopEmbedding()).catch(() => undefined);
  }

  /** What is asked of one probe of the graph. Never rejects. */
  readonly study: Asked<'study'> = (request) =>
    this.queue('study', request, () =>
      this.ask(
        (api) => api.study(request),
        'probe',
        (diagnostics) => ({ ...tagOf(request), study: null, diagnostics }),
      ),
    );

  /** Answers null to the probe that is asked: the run has been closed. */
  cancel(): void {
    this.newest = null;
    this.waiting.get('probe')?.skip();
    this.waiting.delete('probe');
  }

  /** Another document is open now. Compiling the last one may take minutes, and others wait for the worker. */
  async leave(opened: BasinDocument): Promise<void> {
    const { asked } = this;
    if (asked === null || asked.document === opened) return;
    if (!(await comesWithin(GRACE_MS, asked.end)) && asked === this.asked) this.host.overtake();
  }

  terminate(): void {
    this.cancel();
    for (const { skip } of this.waiting.values()) skip();
    this.waiting.clear();
    this.host.terminate();
  }

  private queue<T>(
    kind: Kind,
    { document }: Pick<Question, 'document'>,
    ask: () => Promise<T>,
  ): Promise<T | null> {
    this.waiting.get(kind)?.skip();
    const answer = new Promise<T | null>((settle) => {
      this.waiting.set(kind, {
        document,
        ask: async () => settle(await ask()),
        skip: () => settle(null),
      });
    });
    if (this.asked === null) void this.work();
    return answer;
  }

  private async work(): Promise<void> {
    for (let [next] = this.waiting; next; [next] = this.waiting) {
      const [kind, question] = next;
      this.waiting.delete(kind);
      const end = question.ask();
      this.asked = { document: question.document, end };
      await end;
    }
    this.asked = null;
  }

  private async askProbe(request: ProbeRequest): Promise<ProbeAnswer> {
    const { runId, revision } = request;
    const without = { ...tagOf(request), report: null };
    if (this.tooLarge?.runId === runId && this.tooLarge.revision === revision) {
      return { ...without, diagnostics: [] };
    }
    const answer = await this.ask(
      (api) => api.probe(request),
      'probe',
      (diagnostics) => ({ ...without, diagnostics }),
    );
    if (answer.diagnostics.some(({ code }) => code === 'run.out-of-memory')) {
      this.tooLarge = request;
    }
    return answer;
  }

  /** What a worker was asked when it died is asked of another one, once: it may be what it died of. */
  private async ask<A extends { readonly diagnostics: readonly Diagnostic[] }>(
    call: (api: Remote<ProbeWorkerApi>) => Promise<A>,
    what: string,
    without: (diagnostics: readonly Diagnostic[]) => A,
    isAgain = false,
  ): Promise<A> {
    try {
      const answer = await this.host.call(call);
      // Its memory may be full or damaged: the next snapshot gets a new worker.
      if (answer.diagnostics.some(isSpoiling)) this.host.terminate();
      return answer;
    } catch (error) {
      const isEnded = error instanceof WorkerEndedError;
      if (isEnded && error.isOvertaken) return without([]);
      const hasDied = error instanceof WorkerDiedError;
      if (hasDied && !isEnded && !isAgain && !this.host.hasGivenUp) {
        const answer = await this.ask(call, what, without, true);
        return { ...answer, diagnostics: [...answer.diagnostics, stopped(error, REPLACED)] };
      }
      return without([
        hasDied
          ? stopped(error, 'The next snapshot starts another one.')
          : {
              code: 'run.failed',
              severity: 'warning',
              message: `The ${what} failed: ${String(error)}`,
            },
      ]);
    }
  }
}

const REPLACED = 'Another one has taken over.';

function stopped({ message }: WorkerDiedError, consequence: string): Diagnostic {
  return {
    code: 'run.probes-replaced',
    severity: 'warning',
    message: `The worker that diagnoses stopped: ${message}. ${consequence}`,
  };
}
