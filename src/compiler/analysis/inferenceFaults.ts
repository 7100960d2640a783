import type { Diagnostic } from '../../core/diagnostic';
import { nodeName } from '../graph/elaborate';
import type { Graph } from '../graph/graph';
import { jointGroups } from '../graph/jointGroups';
import { seenData } from '../graph/seenData';

/** Variables that share an energy are found together, so one strategy must find them all. */
export function mixedInference(graph: Graph): Diagnostic[] {
  return jointGroups(graph).flatMap(({ variables: [first, ...others] }) =>
    others.flatMap((other): Diagnostic[] =>
      !first || other.mode === first.mode
        ? []
        : [
            {
              code: 'free.mixed-inference',
              severity: 'error',
              nodeId: other.node.id,
              message: `${nodeName(other.node)} and ${nodeName(first.node)} share an energy, but are to be found in different ways: ${other.mode} and ${first.mode}.`,
              hint: 'Give both the same inference.',
            },
          ],
    ),
  );
}

/** A variable that starts where it ended for its row needs data that has rows. */
export function missingRows(graph: Graph): Diagnostic[] {
  return jointGroups(graph)
    .flatMap(({ variables }) => variables)
    .filter(({ node, remembers }) => remembers !== undefined && seenData(graph, node) === null)
    .map(({ node }) => ({
      code: 'free.no-rows',
      severity: 'error',
      nodeId: node.id,
      message: `${nodeName(node)} is to start where it ended for the same row of the data, but its energy reads no data, or several sets of it.`,
      hint: 'Start at zero or the prior.',
    }));
}
