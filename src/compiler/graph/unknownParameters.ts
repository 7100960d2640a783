import type { Diagnostic } from '../../core/diagnostic';
import { nearestName } from '../../core/nearestName';
import type { DocumentNode } from '../../document/schema';
import type { NodeDefinition } from '../../graph/nodeDefinition';

/** A parameter that the kind does not know does nothing, and what was meant by it stays as it is by default: a warning for each. */
export function unknownParameters(
  node: DocumentNode,
  { params: { shape }, kind }: NodeDefinition,
  nodeName: string,
): Diagnostic[] {
  const known = Object.keys(shape);
  const free = known.filter((name) => !Object.hasOwn(node.params, name));
  return Object.entries(node.params)
    .filter(([name]) => !Object.hasOwn(shape, name))
    .map(([name, value]) => {
      const near = nearestName(name, free);
      const to = near !== null && shape[near]?.safeParse(value).success ? near : null;
      const label = to === null ? `Take “${name}” out` : `Call it “${to}”`;
      return {
        code: 'node.unknown-parameter',
        severity: 'warning',
        nodeId: node.id,
        path: `params.${name}`,
        message: `${nodeName}: ${kind} has no parameter “${name}”, and nothing is done with it.`,
        hint: near === null ? listSentence(known) : `Did you mean “${near}”?`,
        remedy: {
          label,
          steps: [{ kind: 'renameParameter', nodeId: node.id, parameter: name, to }],
        },
      };
    });
}

function listSentence(known: readonly string[]): string {
  return known.length === 0 ? 'It has none.' : `Parameters: ${known.join(', ')}.`;
}
