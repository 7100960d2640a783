import type { LayoutEdge, LayoutNode, LayoutResult, LayoutWorkerApi } from '../protocol';
import { watchWorker } from './watchWorker';
import { WorkerHost, type ClientOptions, type WorkerLike } from './workerHost';

function spawnLayoutWorker(): WorkerLike {
  return watchWorker(
    new Worker(new URL('../layout.worker.ts', import.meta.url), { type: 'module' }),
  );
}

/** The page's end of the layout worker, which starts at the first use. */
export class LayoutClient {
  private readonly host: WorkerHost<LayoutWorkerApi>;

  constructor({ spawn = spawnLayoutWorker, onSilent }: ClientOptions = {}) {
    this.host = new WorkerHost({ name: 'layout worker', spawn, onSilent });
  }

  /** Positions of the top left corners, from left to right along the edges. Rejects when two workers die of it. */
  layout(
    nodes: readonly LayoutNode[],
    edges: readonly LayoutEdge[],
    parents: Readonly<Record<string, string>> = {},
  ): Promise<LayoutResult> {
    return this.host.ask((api) => api.layout(nodes, edges, parents));
  }

  terminate(): void {
    this.host.terminate();
  }
}
