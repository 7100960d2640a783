import type { Diagnostic } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import { sampleSize } from '../../graph/ports';
import { nodeName } from '../graph/elaborate';
import { portKey, type Graph, type PortTypes } from '../graph/graph';
import { MAX_TENSOR_SIZE } from '../graph/inferTypes';
import { jointGroups, type JointGroup } from '../graph/jointGroups';

/** Evaluations of the energy in one step, at most. */
const MAX_ROWS = 2 ** 18;
/** From here on the cost is told. */
const MANY_ROWS = 2 ** 15;

/**
 * What it costs to look at every value of a free variable: the part of the graph below it is evaluated on B·K rows. Refused
 * above a limit, told before.
 */
export function codeCost(graph: Graph, types: PortTypes, batchSize: number): Diagnostic[] {
  return jointGroups(graph).flatMap((group) => costOf(graph, types, batchSize, group));
}

function costOf(
  graph: Graph,
  types: PortTypes,
  batchSize: number,
  { search, variables }: JointGroup,
): Diagnostic[] {
  if (!search.looksAtCodes) return [];
  const count = variables.reduce((product, { codes }) => product * (codes?.count ?? 1), 1);
  const rows = count * batchSize;
  const largest = Math.max(
    ...variables
      .flatMap(({ reach }) => [...reach])
      .flatMap((id) => {
        const node = defined(graph.byId.get(id), 'node that reads a variable');
        return node.ports.outputs.map(({ name }) => {
          const type = types.get(portKey(id, name));
          return type ? sampleSize(type) : 1;
        });
      }),
    1,
  );
  const [first] = variables;
  const tooMany = rows > MAX_ROWS || rows * largest > MAX_TENSOR_SIZE;
  if (!first || (!tooMany && rows <= MANY_ROWS)) return [];
  const limit = Math.min(MAX_ROWS, Math.floor(MAX_TENSOR_SIZE / largest));
  const names = variables.map(({ node }) => nodeName(node)).join(' and ');
  const have = variables.length === 1 ? 'has' : 'have together';
  const cost = `${names} ${have} ${format(count)} values to look at, so each step evaluates the energy ${format(count)} · ${format(batchSize)} = ${format(rows)} times`;
  return [
    {
      code: 'free.many-codes',
      severity: tooMany ? 'error' : 'info',
      nodeId: first.node.id,
      message: tooMany ? `${cost}; at most ${format(limit)} are possible here.` : `${cost}.`,
      hint: 'Fewer values or a smaller batch cost less.',
    },
  ];
}

function format(count: number): string {
  return count.toLocaleString('en').replaceAll(',', '\u202f');
}
