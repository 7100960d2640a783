import type { PortReference } from '../../compiler/graph/graph';
import type { DocumentNode } from '../../document/schema';
import type { InputPort, OutputPort } from '../../graph/ports';
import { documentPorts } from '../model/documentNode';
import { resolveParameters } from '../parameters/resolveParameters';
import type { KindEntry } from '../search/kindEntries';
import type { LooseEnd } from '../store/uiStore';
import { canConnect } from './canConnect';
import type { ConnectionContext, ConnectionVerdict, Link } from './canConnect';

export interface Candidate {
  readonly end: PortReference;
  readonly link: Link;
  readonly verdict: ConnectionVerdict;
}

/** The link between a loose end and a port on the other side. */
export function linkTo(end: LooseEnd, other: PortReference): Link {
  return end.direction === 'output' ? { from: end, to: other } : { from: other, to: end };
}

/** All ports on the other side of a loose end, with what connecting them would say. Own ports are left out. */
export function candidates(context: ConnectionContext, end: LooseEnd): Candidate[] {
  return context.document.nodes.flatMap((node) => candidatesOn(context, end, node));
}

function candidatesOn(context: ConnectionContext, end: LooseEnd, node: DocumentNode): Candidate[] {
  if (node.id === end.nodeId) return [];
  const ports = documentPorts(context.registry, node);
  const others: readonly (InputPort | OutputPort)[] =
    end.direction === 'output' ? ports.inputs : ports.outputs;
  return others.map(({ name }) => {
    const other = { nodeId: node.id, port: name };
    const link = linkTo(end, other);
    return { end: other, link, verdict: canConnect(context, link) };
  });
}

/** The port of the node at hand that would take the link instead of the one that refused it, or null. */
export function fittingPort(
  context: ConnectionContext,
  end: LooseEnd,
  nodeId: string,
): Candidate | null {
  const node = context.document.nodes.find(({ id }) => id === nodeId);
  return (node && candidatesOn(context, end, node).find(({ verdict }) => verdict.ok)) ?? null;
}

/** The port of a node, were it added, that could take the link; null when it has none. */
export function fittingKindPort(
  { document, registry }: Pick<ConnectionContext, 'document' | 'registry'>,
  end: LooseEnd,
  { definition, params }: Pick<KindEntry, 'definition' | 'params'>,
): string | null {
  const node = document.nodes.find(({ id }) => id === end.nodeId);
  if (node === undefined) return null;
  const own = documentPorts(registry, node);
  const ownPorts: readonly (InputPort | OutputPort)[] =
    end.direction === 'output' ? own.outputs : own.inputs;
  const type = ownPorts.find(({ name }) => name === end.port)?.type;
  const ports = definition.ports(resolveParameters(definition, params));
  const others: readonly (InputPort | OutputPort)[] =
    end.direction === 'output' ? ports.inputs : ports.outputs;
  return others.find((port) => port.type === type)?.name ?? null;
}
