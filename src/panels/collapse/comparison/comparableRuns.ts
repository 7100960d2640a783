import type { BasinDocument } from '../../../document/schema';
import type { Registry } from '../../../graph/registry';
import { documentDifference } from '../../../runs/documentDifference';
import type { RunRecord } from '../../../runs/runRecord';

/** More than anybody would look through. */
const MOST = 100;

/** Runs that were judged and have nodes in common with a graph, the latest first: what it can be laid beside. */
export function comparableRuns(
  runs: readonly RunRecord[],
  { nodes }: BasinDocument,
): readonly RunRecord[] {
  const ids = new Set(nodes.map(({ id, kind }) => `${id} ${kind}`));
  return runs
    .filter(({ judgement, document }) => {
      return judgement !== null && document.nodes.some(({ id, kind }) => ids.has(`${id} ${kind}`));
    })
    .slice(0, MOST);
}

/** Of these runs the one that is laid beside a graph at first: the latest of another graph, which is what it was before the last edit. */
export function runBefore(
  runs: readonly RunRecord[],
  document: BasinDocument,
  registry: Registry,
): RunRecord | undefined {
  return runs.find((run) => documentDifference(run.document, document, registry).length > 0);
}
