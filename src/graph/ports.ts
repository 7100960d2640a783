import { elementCount, formatShape, type Shape } from '../ir/types';

/** docs/semantics.md §1. `negative` carries contrastive points to a loss functional. */
export type PortType = 'tensor' | 'energy' | 'loss' | 'weights' | 'negative';

export interface InputPort {
  readonly name: string;
  readonly type: PortType;
  /** What goes in, for the tooltip. */
  readonly help?: string;
  /** May be left open. */
  readonly optional?: boolean;
  /** Takes any number of edges, in the document's order of edges. */
  readonly variadic?: boolean;
}

export interface OutputPort {
  readonly name: string;
  readonly type: PortType;
  readonly help?: string;
  /** A tensor that is no form of the first input, such as a mask: a bypassed node does not hand its input on here. */
  readonly lostInBypass?: boolean;
  /** What the objective calls the term of a node that gives other things too: `KL` in KL(z). */
  readonly term?: string;
}

export interface Ports {
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
}

/** Type of a tensor port: values are `[B, …shape]`, or `[B, time, …shape]` with a time axis. */
export interface TensorType {
  readonly time: number | null;
  readonly shape: Shape;
}

export function tensorType(shape: Shape, time: number | null = null): TensorType {
  return { time, shape };
}

/** Numbers of one sample (all time steps together). */
export function sampleSize(type: TensorType): number {
  return elementCount(type.shape) * (type.time ?? 1);
}

/** As printed on edges: `8×8×1`, or `T=9 · 16×16×1`. */
export function formatTensorType(type: TensorType): string {
  const shape = formatShape(type.shape);
  return type.time === null ? shape : `T=${type.time} · ${shape}`;
}

export function sameTensorType(a: TensorType, b: TensorType): boolean {
  return a.time === b.time && formatShape(a.shape) === formatShape(b.shape);
}
