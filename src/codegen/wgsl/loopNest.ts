import type { KernelWriter } from './kernelWriter';

/** A thread for each of `count` elements. */
export interface ElementwiseSpace {
  readonly kind: 'elementwise';
  readonly count: number;
}

/** Many terms for each of `outputs` outputs: gone over by one thread each, or by one workgroup each. */
export interface ReductionSpace {
  readonly kind: 'reduction';
  readonly outputs: number;
  readonly by: 'thread' | 'workgroup';
}

/** Tiles of `count` results, on a grid that only the body knows. */
export interface TiledSpace {
  readonly kind: 'tiled';
  readonly count: number;
}

/** The index space that the threads of a loop nest cover. */
export type IterationSpace = ElementwiseSpace | ReductionSpace | TiledSpace;

/**
 * A loop over the elements of an array of outputs × terms, inside a thread or workgroup of an output: all terms of an
 * output lie behind each other (`rows`), or all outputs of a term (`columns`).
 */
export interface InnerLoop {
  readonly order: 'rows' | 'columns';
  readonly outputs: number;
  readonly terms: number;
}

/** What a thread does for one element, given the name of the element's index. */
export type ElementBody = (writer: KernelWriter, index: string) => void;

/** It can be done wherever a thread has the element. */
export interface ElementwiseNest extends ElementwiseSpace {
  readonly body: ElementBody;
}

export interface ReductionNest extends ReductionSpace {
  /** How the arrays lie that it goes over element by element; null when there are none. */
  readonly innerLoop: InnerLoop | null;
  /** Writes the loop and stores output `i`. */
  readonly body: (writer: KernelWriter) => void;
}

/** Each result is in some thread at its end. */
export interface TiledNest extends TiledSpace {
  /** Writes all; calls `each` wherever a result has been stored. */
  readonly body: (writer: KernelWriter, each: ElementBody) => void;
}

/** An iteration space with the code of one of its points. */
export type LoopNest = ElementwiseNest | ReductionNest | TiledNest;
