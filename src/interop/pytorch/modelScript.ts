import type { Analysis } from '../../compiler/analysis/analysis';
import type { GraphNode } from '../../compiler/graph/graph';
import { defined } from '../../core/invariant';
import type { Value } from '../../ir/types';
import { findCalls, findEscapes, type NodeCall } from './calls';
import { CodeWriter, type Statement } from './codeWriter';
import { formulaOf, type CallTarget, type Modules } from './modules';
import type { Placement } from './placement';
import type { Names } from './python';
import { comment, pythonString, snakeCase } from './python';
import type { Traced } from './traceGraph';

const ALL: Placement = { of: 'all' };

export interface WrittenModel {
  readonly lines: readonly string[];
  /** Code of the roots, by their names. */
  readonly results: ReadonlyMap<string, string>;
}

/** The statements of one evaluation of the model. */
export class ModelWriter {
  private readonly calls: Map<Value, NodeCall>;
  private readonly targets = new Map<NodeCall, CallTarget | null>();
  private readonly told = new Set<string>();
  private lastOrigin: string | null = null;

  constructor(
    private readonly analysis: Analysis,
    private readonly traced: Traced,
    private readonly modules: Modules,
    private readonly live: (name: string) => string,
    private readonly dataNames: ReadonlyMap<string, string>,
  ) {
    const { trace, scopes } = traced;
    this.calls = findCalls(trace, scopes);
    const named = [...trace.roots];
    const isStatistic = (name: string): boolean => name.startsWith('statistic:');
    findEscapes(
      named.flatMap(([name, value]) => (isStatistic(name) ? [] : [value])),
      named.flatMap(([name, value]) => (isStatistic(name) ? [value] : [])),
      this.calls,
      scopes,
    );
    for (const call of new Set(this.calls.values())) for (const value of call.escapes) this.calls.set(value, call); // prettier-ignore
  }

  /** The lines, and the code of each root by its name. */
  write(names: Names): WrittenModel {
    const { trace, scopes } = this.traced;
    const writer = new CodeWriter(
      {
        sizes: this.traced.sizes,
        remarks: trace.remarks,
        placeOf: (value) => this.traced.placeOf(value),
        scopes,
        statementOf: (value) => this.statementOf(value),
        state: (name) => this.modules.stateCode(name),
        data: (name) => `data[${pythonString(this.dataNames.get(name) ?? name)}]`,
        live: this.live,
        nameOf: (value) => this.nameOf(value),
        comment: (value) => this.comment(value),
      },
      names,
      new Map(),
    );
    const roots = [...trace.roots];
    // What is kept is kept of all rows, by every process.
    const { lines, results } = writer.write(
      roots.map(([, value]) => value),
      roots.map(() => ALL),
    );
    return {
      lines,
      results: new Map(roots.map(([name], index) => [name, defined(results[index], name)])),
    };
  }

  private statementOf(value: Value): Statement | null {
    const call = this.calls.get(value);
    if (!call) return null;
    const target = this.targetOf(call);
    if (target === null) return null;
    const label = snakeCase(call.lowered.node.label);
    const gives = [
      ...call.outputs.map(({ name, value: output }) => ({
        value: output,
        name: call.outputs.length === 1 ? label : snakeCase(`${label}_${name}`),
      })),
      ...call.escapes.map((escape) => ({ value: escape, name: `${label}_statistic` })),
    ];
    return {
      key: `call ${call.outputs.map((output) => output.value.id).join()}`,
      reads: call.inputs.map((input) => input.value),
      gives,
      write: (reads) =>
        `${target.callee}(${[...reads.map(({ code }) => code), ...target.states].join(', ')})`,
    };
  }

  private targetOf(call: NodeCall): CallTarget | null {
    const known = this.targets.get(call);
    if (known !== undefined) return known;
    const { trace, sizes } = this.traced;
    const made = this.modules.target(call, {
      sizes,
      remarks: trace.remarks,
      placeOf: (value) => this.traced.placeOf(value),
    });
    this.targets.set(call, made);
    return made;
  }

  private nameOf(value: Value): string | null {
    const call = this.calls.get(value);
    if (call && call.outputs.length === 1) return snakeCase(call.lowered.node.label);
    for (const lowered of this.traced.trace.lowered) {
      for (const [port, output] of lowered.outputs) {
        if (output !== value) continue;
        const label = snakeCase(lowered.node.label);
        return lowered.outputs.size === 1 ? label : snakeCase(`${label}_${port}`);
      }
    }
    return null;
  }

  /** The node's label and formula before the first statement about it, its label before later ones. */
  private comment(value: Value): string[] {
    const origin = this.calls.get(value)?.lowered.node.id ?? value.origin;
    if (origin === null || origin === this.lastOrigin) return [];
    this.lastOrigin = origin;
    const node = this.analysis.graph.byId.get(origin);
    if (!node) return [];
    const isNew = !this.told.has(origin);
    this.told.add(origin);
    return comment(isNew ? nodeComment(node) : node.label, 8);
  }
}

/** `Invariance: E(a, b) = …` */
function nodeComment(node: GraphNode): string {
  const formula = formulaOf(node);
  return formula === '' ? node.label : `${node.label}: ${formula}`;
}
