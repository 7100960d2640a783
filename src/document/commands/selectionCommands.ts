import type { Edit } from './edit';
import { leaveGroups } from './groupCommands';

/** Ids of what is selected on the canvas. */
export interface Selection {
  readonly nodes?: readonly string[];
  readonly edges?: readonly string[];
  readonly groups?: readonly string[];
}

/** Removes nodes with the edges at them, edges, and the frames of groups (what is in them stays). */
export function removeSelection({ nodes = [], edges = [], groups = [] }: Selection): Edit {
  const [nodeIds, edgeIds, groupIds] = [new Set(nodes), new Set(edges), new Set(groups)];
  return {
    label: 'Delete',
    recipe: (draft) => {
      const keptNodes = draft.nodes.filter(({ id }) => !nodeIds.has(id));
      const keptEdges = draft.edges.filter(
        ({ id, source, target }) =>
          !edgeIds.has(id) && !nodeIds.has(source) && !nodeIds.has(target),
      );
      const keptGroups = draft.groups.filter(({ id }) => !groupIds.has(id));
      if (keptEdges.length < draft.edges.length) draft.edges = keptEdges;
      if (keptGroups.length < draft.groups.length) {
        leaveGroups(draft, groupIds);
        draft.groups = keptGroups;
      }
      if (keptNodes.length < draft.nodes.length) draft.nodes = keptNodes;
    },
  };
}
