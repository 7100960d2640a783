import type { LoweredNode } from '../../compiler/lowering/programContext';
import type { Value } from '../../ir/types';
import type { Scopes, Trace } from './trace';

/** A node's own part of a trace: from what it read to what it gave. */
export interface NodeCall {
  readonly lowered: LoweredNode;
  readonly inputs: readonly { readonly name: string; readonly value: Value }[];
  readonly outputs: readonly { readonly name: string; readonly value: Value }[];
  /** What is computed in between, and what it reads of the state. */
  readonly body: ReadonlySet<Value>;
  /** Values of the body that are needed outside, for running statistics. */
  readonly escapes: Value[];
}

/** Categories whose nodes are written where they are used: data are read, latents are found. */
const WRITTEN_OUT: ReadonlySet<string> = new Set(['data', 'latent']);

/** The calls that give values of a trace, by the values that they give; the first of several that give the same. */
export function findCalls({ lowered }: Trace, scopes: Scopes): Map<Value, NodeCall> {
  const found = new Map<Value, NodeCall>();
  for (const one of lowered) {
    if (WRITTEN_OUT.has(one.node.definition.category)) continue;
    const call = makeCall(one);
    if (call === null || call.outputs.length === 0) continue;
    const loop = scopes.loopOf(call.outputs[0]?.value as Value);
    const isWhole = call.outputs.every(({ value }) => scopes.loopOf(value) === loop && !found.has(value)); // prettier-ignore
    const canRead = call.inputs.every(({ value }) => [null, loop].includes(scopes.loopOf(value)));
    if (!isWhole || !canRead) continue;
    for (const { value } of call.outputs) found.set(value, call);
  }
  return found;
}

function makeCall(lowered: LoweredNode): NodeCall | null {
  const inputs: { name: string; value: Value }[] = [];
  for (const [port, values] of lowered.inputs) {
    values.forEach((value, index) => {
      if (inputs.some((input) => input.value === value)) return;
      inputs.push({ name: values.length === 1 ? port : `${port}_${index + 1}`, value });
    });
  }
  const given = new Set(inputs.map(({ value }) => value));
  const outputs = [...lowered.outputs].map(([name, value]) => ({ name, value }));
  // What hands on its input is no call.
  if (outputs.some(({ value }) => given.has(value) || value.operands.length === 0)) return null;
  const body = new Set<Value>();
  const stack = outputs.map(({ value }) => value);
  for (let value = stack.pop(); value; value = stack.pop()) {
    if (given.has(value) || body.has(value)) continue;
    if (['carried', 'repeatResult', 'iteration'].includes(value.kind)) return null;
    body.add(value);
    stack.push(...value.operands);
  }
  // Inputs that nothing is computed from.
  const read = new Set([...body].flatMap(({ operands }) => operands));
  return {
    lowered,
    inputs: inputs.filter(({ value }) => read.has(value)),
    outputs,
    body,
    escapes: [],
  };
}

/**
 * Says which values of bodies are needed outside of them: running statistics are moved by what a module computed on its way.
 */
export function findEscapes(
  roots: readonly Value[],
  statistics: readonly Value[],
  calls: ReadonlyMap<Value, NodeCall>,
  scopes: Scopes,
): void {
  const used = new Set<NodeCall>();
  const seen = new Set<Value>();
  const walk = (starts: readonly Value[], visit: (value: Value) => NodeCall | null): void => {
    const stack = [...starts];
    for (let value = stack.pop(); value; value = stack.pop()) {
      if (seen.has(value)) continue;
      seen.add(value);
      const call = visit(value);
      const loop = scopes.madeBy(value);
      if (call) stack.push(...call.inputs.map((input) => input.value));
      else if (loop) stack.push(...loop.carried.flatMap(({ initial, next }) => [initial, next]));
      else stack.push(...value.operands);
    }
  };
  walk(roots, (value) => {
    const call = calls.get(value) ?? null;
    if (call) used.add(call);
    return call;
  });
  const movers = [...used].filter((call) => call.lowered.movesStatistics);
  walk(statistics, (value) => {
    const call = calls.get(value);
    if (call) return call;
    if (value.operands.length === 0 || value.kind === 'broadcast') return null;
    const owner = movers.find(
      ({ body, inputs }) => body.has(value) && inputs.every((input) => input.value !== value),
    );
    if (!owner) return null;
    if (!owner.escapes.includes(value)) owner.escapes.push(value);
    owner.escapes.sort((a, b) => a.id - b.id);
    return owner;
  });
}
