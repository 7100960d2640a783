import { defined } from '../../../../core/invariant';
import { nodeName } from '../../../graph/elaborate';
import { averageRoot } from '../../../graph/weightLinks';
import type { LintRule } from '../lintRule';

/** An average that some module uses while nothing trains what it follows: it stays as it was initialised. */
export const averageOfUntrained: LintRule = {
  on: 'graph',
  find: ({ graph, owners, averages, trained }) => {
    const used = new Set(owners.values());
    return [...averages.keys()]
      .filter((id) => used.has(id) && !trained.has(averageRoot(averages, id)))
      .map((id) => {
        const link = defined(graph.byId.get(id), 'link');
        const followed = defined(graph.byId.get(averageRoot(averages, id)), 'followed module');
        return {
          code: 'lint.average-of-untrained',
          severity: 'warning',
          nodeId: id,
          message: `${nodeName(link)} never moves: nothing trains the weights of ${nodeName(followed)}, which it follows.`,
          hint: 'Link it to a module that the objective trains.',
          remedy: { label: `Delete ${nodeName(link)}`, steps: [{ kind: 'delete', nodeIds: [id] }] },
        };
      });
  },
};
