import { exposeWorker } from './exposeWorker';
import { layoutGraph } from './layout/layoutGraph';
import type { LayoutWorkerApi } from './protocol';

const api: LayoutWorkerApi = {
  layout: (nodes, edges, parents) => Promise.resolve(layoutGraph(nodes, edges, parents)),
};
exposeWorker(api);
