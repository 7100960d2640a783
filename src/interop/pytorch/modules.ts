import type { Analysis } from '../../compiler/analysis/analysis';
import type { GraphNode } from '../../compiler/graph/graph';
import { defined } from '../../core/invariant';
import type { StateSpec, Value } from '../../ir/types';
import type { Remark } from '../../ir/valueNumbering';
import { breakLine } from './breakLine';
import type { NodeCall } from './calls';
import { CodeWriter } from './codeWriter';
import type { BatchSizes } from './extents';
import type { Placement } from './placement';
import {
  camelCase,
  call as callCode,
  comment,
  indented,
  Names,
  prose,
  pythonString,
  snakeCase,
} from './python';
import { RUNTIME_NAMES } from './runtimeNames';

/** A class of the script: what one node owns, and the functions that read it. */
interface ModuleClass {
  readonly owner: string;
  readonly className: string;
  /** Name of the model's attribute. */
  readonly attribute: string;
  readonly states: Map<string, { readonly spec: StateSpec; readonly attribute: string }>;
  readonly functions: WrittenFunction[];
  readonly names: Names;
}

interface WrittenFunction {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly string[];
}

/** How a node is called, and what the call gives. */
export interface CallTarget {
  /** `self.encoder`, `self.encoder.evaluate` or `prediction_error`. */
  readonly callee: string;
  /** Names of states that are handed over, as code of the model. */
  readonly states: readonly string[];
}

export interface TraceFacts {
  readonly sizes: BatchSizes;
  readonly remarks: ReadonlyMap<number, Remark>;
  placeOf(value: Value): Placement;
}

/** What a function of a node of a category gives. */
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  view: 'view',
  op: 'op',
  energy: 'energy',
  reg: 'penalty',
  loss: 'loss',
};

const LONGEST_ONE_LINE = 76;

/** The classes and functions of a script, made as calls ask for them. */
export class Modules {
  private readonly classes = new Map<string, ModuleClass>();
  private readonly functions: (WrittenFunction & { readonly node: GraphNode })[] = [];
  private readonly topNames = new Names(RUNTIME_NAMES);
  private readonly attributes = new Names(['forward', 'evaluate', 'train', 'eval', 'modules']);

  constructor(
    private readonly analysis: Analysis,
    states: Iterable<StateSpec>,
    private readonly live: (name: string) => string,
  ) {
    for (const spec of states) this.declare(spec);
  }

  private declare(spec: StateSpec): void {
    const owner = spec.origin ?? '';
    const node = this.analysis.graph.byId.get(owner);
    const label = node?.label ?? owner;
    const known = this.classes.get(owner) ?? {
      owner,
      className: this.topNames.fresh(camelCase(label)),
      attribute: this.attributes.fresh(snakeCase(owner, 'node')),
      states: new Map(),
      functions: [],
      names: new Names(['forward', 'evaluate']),
    };
    this.classes.set(owner, known);
    if (known.states.has(spec.name)) return;
    const weight = spec.name.slice(owner.length + 1);
    known.states.set(spec.name, {
      spec,
      attribute: known.names.fresh(snakeCase(weight, 'layer')),
    });
  }

  /** `self.encoder.weight`: a state as the model reads it. */
  stateCode(name: string): string {
    for (const { attribute, states } of this.classes.values()) {
      const state = states.get(name);
      if (state) return `self.${attribute}.${state.attribute}`;
    }
    throw new Error(`state ${name} has no module`);
  }

  /** State name → where it is, as `named_parameters` says. */
  get statePaths(): Map<string, { readonly spec: StateSpec; readonly path: string }> {
    return new Map(
      [...this.classes.values()].flatMap(({ attribute, states }) =>
        [...states].map(([name, state]) => [
          name,
          { spec: state.spec, path: `${attribute}.${state.attribute}` },
        ]),
      ),
    );
  }

  /** Writes the function of a call if there is none like it; null where it is so short that it is better written out. */
  target(call: NodeCall, facts: TraceFacts): CallTarget | null {
    const { lowered } = call;
    const home = this.homeOf(lowered.node);
    const stateArguments = new Map<string, string>();
    const names = new Names(['self']);
    const inputs = new Map(call.inputs.map(({ name, value }) => [value, names.fresh(snakeCase(name === 'in' ? 'x' : name))])); // prettier-ignore
    const writer = new CodeWriter(
      {
        ...facts,
        placeOf: (value) => facts.placeOf(value),
        scopes: null,
        statementOf: () => null,
        state: (name) => {
          const own = home?.states.get(name);
          if (own) return `self.${own.attribute}`;
          const known = stateArguments.get(name) ?? names.fresh(snakeCase(name.replace('.', '_')));
          stateArguments.set(name, known);
          return known;
        },
        // Data are read by the model, and handed on.
        data: (name) => `data[${pythonString(name)}]`,
        live: this.live,
        nameOf: () => null,
        comment: () => [],
      },
      names,
      inputs,
    );
    const values = [...call.outputs.map(({ value }) => value), ...call.escapes];
    const { lines, results } = writer.write(values, []);
    const single = results[0] ?? '';
    if (!home && stateArguments.size === 0 && results.length === 1 && lines.length === 0 && single.length <= LONGEST_ONE_LINE) return null; // prettier-ignore
    const args = [...inputs.values(), ...stateArguments.values()];
    const body = [...lines, breakLine('return ', results.join(', '))];
    const text = JSON.stringify([args, body]);
    const states = [...stateArguments.keys()].map((name) => this.stateCode(name));
    if (home) {
      const method = this.methodFor(home, call, args, body, text);
      const base = `self.${home.attribute}`;
      return { callee: method === 'forward' ? base : `${base}.${method}`, states };
    }
    return { callee: this.functionFor(lowered.node, args, body, text), states };
  }

  private homeOf({ id }: GraphNode): ModuleClass | null {
    const owner = this.analysis.owners.get(id) ?? id;
    const statistics = this.analysis.statisticOwners.get(id) ?? id;
    return this.classes.get(owner) ?? this.classes.get(statistics) ?? null;
  }

  private methodFor(
    home: ModuleClass,
    { lowered }: NodeCall,
    args: readonly string[],
    body: readonly string[],
    text: string,
  ): string {
    const known = home.functions.find((written) => written.text === text);
    if (known) return known.name;
    const wanted = home.functions.length === 0 ? 'forward' : lowered.mode === 'evaluate' ? 'evaluate' : lowered.frozen ? 'frozen' : snakeCase(lowered.node.label); // prettier-ignore
    const taken = new Names(home.functions.map(({ name }) => name));
    const name = taken.fresh(wanted);
    const lines = [
      callCode(`def ${name}`, ['self', ...args.map((arg) => `${arg}: Tensor`)], 4, this.resultType(body)), // prettier-ignore
      ...indented(name === 'forward' ? [] : [docstring(methodWords(lowered))].filter((line) => line !== '')), // prettier-ignore
      ...indented(body),
    ];
    home.functions.push({ name, text, lines });
    return name;
  }

  private functionFor(
    node: GraphNode,
    args: readonly string[],
    body: readonly string[],
    text: string,
  ): string {
    const known = this.functions.find((written) => written.text === text);
    if (known) return known.name;
    const name = this.topNames.fresh(
      `${snakeCase(node.label).replace(/_$/, '')}_${FUNCTION_WORDS[node.definition.category] ?? 'node'}`,
    );
    const lines = [
      callCode(
        `def ${name}`,
        args.map((arg) => `${arg}: Tensor`),
        0,
        this.resultType(body),
      ),
      ...indented(nodeWords(node)),
      ...indented(body),
    ];
    this.functions.push({ node, name, text, lines });
    return name;
  }

  private resultType(body: readonly string[]): string {
    const last = defined(body.at(-1), 'return');
    return depthZeroCommas(last) > 0 ? ' -> tuple[Tensor, ...]:' : ' -> Tensor:';
  }

  /** Names that no variable of the model may have. */
  get functionNames(): string[] {
    return [...RUNTIME_NAMES, ...this.functions.map(({ name }) => name)];
  }

  /** The functions and classes, as lines of the script. */
  lines(): string[] {
    const lines: string[] = [];
    for (const { lines: written } of this.functions) lines.push('', '', ...written);
    for (const { owner, className, states, functions } of this.classes.values()) {
      const node = this.analysis.graph.byId.get(owner);
      const declared = [...states.values()].map(({ spec, attribute }) => {
        const empty = `torch.empty(${spec.shape.length === 0 ? '()' : spec.shape.join(', ')})`;
        return spec.purpose === 'weight'
          ? `self.${attribute} = nn.Parameter(${empty})`
          : `self.register_buffer("${attribute}", ${empty})`;
      });
      lines.push('', '', `class ${className}(nn.Module):`);
      lines.push(...indented(node ? nodeWords(node) : []), '');
      lines.push(...indented(['def __init__(self) -> None:', ...indented(['super().__init__()', ...declared])])); // prettier-ignore
      for (const written of functions) lines.push('', ...indented(written.lines));
    }
    return lines;
  }

  /** `self.encoder = Encoder()` */
  constructions(): string[] {
    return [...this.classes.values()].map(({ attribute, className }) => `self.${attribute} = ${className}()`); // prettier-ignore
  }
}

function depthZeroCommas(code: string): number {
  let depth = 0;
  let count = 0;
  for (const letter of code) {
    if ('([{'.includes(letter)) depth++;
    else if (')]}'.includes(letter)) depth--;
    else if (letter === ',' && depth === 0) count++;
  }
  return count;
}

function methodWords({ node, mode, frozen }: NodeCall['lowered']): string {
  if (mode === 'evaluate')
    return `${node.label}, on held-out rows: statistics are the running ones.`;
  return frozen ? `${node.label}, with its weights as constants.` : `${node.label}.`;
}

/** Label, kind and formula of a node, as a docstring. */
function nodeWords(node: GraphNode): string[] {
  const formula = formulaOf(node);
  const first = prose(`${node.label} · ${node.definition.kind}`);
  if (formula === '') return [docstring(first)];
  return [`r"""${first}`, '', ...comment(formula, 6).map((line) => line.replace(/^# /, '')), '"""'];
}

/** TeX on one line. */
export function formulaOf({ definition }: GraphNode): string {
  return (definition.formula ?? '').replace(/\s+/g, ' ').replaceAll('"', "'").trim();
}

function docstring(text: string): string {
  return `"""${prose(text)}"""`;
}
