import type { Diagnostic } from '../../core/diagnostic';
import { formatWeight } from '../../core/formatNumber';
import { defined } from '../../core/invariant';
import type { Search } from '../../graph/inferenceStrategy';
import type { ObjectiveTerm } from './analysis';
import { portKey, type Graph, type GraphNode } from '../graph/graph';
import { freeVariable, freeVariables } from '../graph/freeVariables';
import { downstream, upstream } from '../graph/topology';

/** The summands of L = Σ λ_t·t + Σ λ_e·mean_B(e), in topological order (docs/semantics.md §3). */
export function objectiveTerms(graph: Graph): ObjectiveTerm[] {
  return graph.nodes.flatMap((node) =>
    node.ports.outputs.flatMap((port): ObjectiveTerm[] => {
      if (port.type !== 'loss' && port.type !== 'energy') return [];
      if (graph.consumers.has(portKey(node.id, port.name))) return [];
      const weightParameter = hasWeight(node) ? 'weight' : null;
      return [
        {
          nodeId: node.id,
          port: port.name,
          label: port.term === undefined ? node.label : `${port.term}(${node.label})`,
          kind: port.type,
          weight: weightParameter ? Number(node.params[weightParameter]) : 1,
          weightParameter,
        },
      ];
    }),
  );
}

/** Whether λ is a live parameter of the node. */
export function hasWeight(node: GraphNode): boolean {
  return 'weight' in node.definition.params.shape;
}

export function stopsGradient(node: GraphNode): boolean {
  return node.definition.traits?.(node.params).stopsGradient === true;
}

/** Errors of an objective that cannot be trained. */
export function checkObjective(
  graph: Graph,
  terms: readonly ObjectiveTerm[],
  trainable: ReadonlySet<string>,
): Diagnostic[] {
  if (graph.nodes.length === 0) return [];
  if (terms.length === 0) {
    return [
      {
        code: 'objective.empty',
        severity: 'error',
        message: 'There is nothing to train: the graph has no energy and no loss.',
        hint: 'Add an energy, such as a squared distance, and connect what it compares.',
      },
    ];
  }
  const reached = upstream(
    graph,
    terms.map(({ nodeId }) => nodeId),
    (node) => !stopsGradient(node),
  );
  if ([...reached].some((id) => trainable.has(id))) return [];
  return terms.map(({ nodeId, label }) => ({
    code: 'objective.no-weights',
    severity: 'error',
    nodeId,
    message: `No term of the objective depends on a weight; “${label}” compares values that nothing can change.`,
    hint: 'Put a trainable module between the data and the energy.',
  }));
}

/** The objective in TeX and plain text, with the inference of free variables written out. */
export function objectiveFormula(
  graph: Graph,
  terms: readonly ObjectiveTerm[],
): { tex: string; text: string } {
  if (terms.length === 0) return { tex: '\\mathcal{L} = 0', text: 'L = 0' };
  const free = freeVariables(graph).map((node) => {
    const { port, search } = defined(freeVariable(node), 'free variable');
    return { node, search, reach: downstream(graph, { nodeId: node.id, port }) };
  });
  const groups = new Map<
    string,
    { variables: GraphNode[]; search: Search | undefined; terms: ObjectiveTerm[] }
  >();
  for (const term of terms) {
    const found = free.filter(({ reach }) => reach.has(term.nodeId));
    const variables = found.map(({ node }) => node);
    const key =
      term.kind === 'loss' ? `${term.nodeId}.${term.port}` : variables.map(({ id }) => id).join();
    const group = groups.get(key) ?? {
      variables,
      search: found[0]?.search,
      terms: [],
    };
    group.terms.push(term);
    groups.set(key, group);
  }
  const parts = [...groups.values()].map((group) => {
    const [first] = group.terms;
    const tex = group.terms.map(termTex).join(' + ');
    const text = group.terms.map(termText).join(' + ');
    if (!first || first.kind === 'loss') return { tex, text };
    if (group.search) {
      const names = group.variables.map(({ label }) => label);
      return {
        tex: `\\Big\\langle ${group.search.tex(names.map(texLabel).join(',\\,'))} \\big( ${tex} \\big) \\Big\\rangle`,
        text: `mean(${group.search.text(names.join(', '))} (${text}))`,
      };
    }
    const single = group.terms.map((term) => ({
      tex: `${coefficientTex(term)}\\langle ${texLabel(term.label)} \\rangle`,
      text: `${coefficientText(term)}mean(${term.label})`,
    }));
    return {
      tex: single.map((part) => part.tex).join(' + '),
      text: single.map((part) => part.text).join(' + '),
    };
  });
  return {
    tex: `\\mathcal{L} = ${parts.map((part) => part.tex).join(' + ')}`,
    text: `L = ${parts.map((part) => part.text).join(' + ')}`,
  };
}

function termTex(term: ObjectiveTerm): string {
  return `${coefficientTex(term)}${texLabel(term.label)}`;
}

function termText(term: ObjectiveTerm): string {
  return `${coefficientText(term)}${term.label}`;
}

function coefficientTex({ weight, weightParameter }: ObjectiveTerm): string {
  return weightParameter && weight !== 1 ? `${formatWeight(weight)}\\,` : '';
}

function coefficientText({ weight, weightParameter }: ObjectiveTerm): string {
  return weightParameter && weight !== 1 ? `${formatWeight(weight)}·` : '';
}

/** A label as TeX text, with what TeX would read as commands escaped. */
export function texLabel(label: string): string {
  const escaped = label.replace(/[\\{}$&#%_^~]/g, (character) =>
    character === '\\'
      ? '\\textbackslash{}'
      : character === '^' || character === '~'
        ? `\\${character}{}`
        : `\\${character}`,
  );
  return `\\text{${escaped}}`;
}
