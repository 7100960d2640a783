import { sameJson } from '../../document/canonical';
import type { BasinDocument, DocumentNode } from '../../document/schema';
import { liveParameters } from '../../graph/parameterMeta';
import type { Registry } from '../../graph/registry';

/** Whether two documents differ in live values alone: live parameters of nodes and the learning rate. */
export function isLiveEdit(
  before: BasinDocument,
  after: BasinDocument,
  registry: Registry,
): boolean {
  const { nodes: nodesBefore, training: trainingBefore, ...restBefore } = before;
  const { nodes: nodesAfter, training: trainingAfter, ...restAfter } = after;
  const { learningRate: _, ...settingsBefore } = trainingBefore;
  const { learningRate: __, ...settingsAfter } = trainingAfter;
  return (
    sameJson(restBefore, restAfter) &&
    sameJson(settingsBefore, settingsAfter) &&
    nodesBefore.length === nodesAfter.length &&
    nodesAfter.every((node, index) => isLiveChange(nodesBefore[index], node, registry))
  );
}

function isLiveChange(
  before: DocumentNode | undefined,
  after: DocumentNode,
  registry: Registry,
): boolean {
  if (before === after) return true;
  if (before === undefined) return false;
  const definition = registry.get(after.kind);
  const live = new Set(definition === undefined ? [] : liveParameters(definition));
  const rest = ({ params, ...node }: DocumentNode): unknown => ({
    ...node,
    params: Object.fromEntries(Object.entries(params).filter(([name]) => !live.has(name))),
  });
  return sameJson(rest(before), rest(after));
}
