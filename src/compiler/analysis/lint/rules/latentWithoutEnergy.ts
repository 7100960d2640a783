import { freePort, freeVariables } from '../../../graph/freeVariables';
import { nodeName } from '../../../graph/elaborate';
import { downstream } from '../../../graph/topology';
import { deleteWithReaders } from '../deleteNodes';
import type { LintRule } from '../lintRule';
import { offered } from '../offered';

/** A free variable that no energy depends on cannot be inferred. */
export const latentWithoutEnergy: LintRule = {
  on: 'graph',
  find: ({ graph }) =>
    freeVariables(graph)
      .filter((variable) => {
        const reach = downstream(graph, { nodeId: variable.id, port: freePort(variable) });
        return ![...reach].some((id) =>
          graph.byId.get(id)?.ports.outputs.some(({ type }) => type === 'energy'),
        );
      })
      .map((variable) => ({
        code: 'free.no-energy',
        severity: 'error',
        nodeId: variable.id,
        portId: freePort(variable),
        message: `${nodeName(variable)} is to be found by minimising an energy, but reaches none.`,
        hint: 'Lead it into the prediction that an energy compares.',
        ...offered(deleteWithReaders(graph, variable)),
      })),
};
