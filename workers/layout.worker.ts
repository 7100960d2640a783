import ElkConstructor from 'elkjs/lib/elk.bundled.js';
import { exposeWorker } from './exposeWorker';
import { layoutGraph } from './layoutGraph';
import type { LayoutWorkerApi } from './protocol';

// The layout engine takes a worker that it is loaded in for its own and answers every message.
self.onmessage = null;

const elk = new ElkConstructor();
const api: LayoutWorkerApi = {
  layout: (nodes, edges, parents) => layoutGraph(elk, nodes, edges, parents),
};
exposeWorker(api);
