import type { DocumentNode } from '../../document/schema';
import type { NodeDefinition } from '../../graph/nodeDefinition';
import type { Ports } from '../../graph/ports';
import type { Registry } from '../../graph/registry';
import { resolveParameters } from '../parameters/resolveParameters';

const NO_PORTS: Ports = { inputs: [], outputs: [] };

const portsOf = new WeakMap<object, Ports>();

/** Ports of a document node, also while its parameters are at fault; none for an unknown kind. */
export function documentPorts(registry: Registry, node: DocumentNode): Ports {
  const definition = registry.get(node.kind);
  if (definition === undefined) return NO_PORTS;
  const params = resolveParameters(definition, node.params);
  const known = portsOf.get(params);
  if (known) return known;
  const ports = definition.ports(params);
  portsOf.set(params, ports);
  return ports;
}

/** What kind of node it is, given its parameters: `Encoder` rather than `MLP`. */
export function kindTitle(definition: NodeDefinition, params: DocumentNode['params'] = {}): string {
  const resolved = resolveParameters(definition, params);
  return definition.titleFor?.(resolved) ?? definition.title;
}

/** How a node is called everywhere: its label, else its kind's title. */
export function nodeLabel(registry: Registry, node: DocumentNode): string {
  const label = node.label.trim();
  if (label !== '') return label;
  const definition = registry.get(node.kind);
  return definition ? kindTitle(definition, node.params) : node.kind;
}
