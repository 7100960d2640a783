import { defined } from '../../../core/invariant';
import { elementCount, type Value } from '../../../ir/types';
import { pushConstant, writeElementwise } from './elementwiseCode';
import { operandsIn, type Nest } from './steps';
import { nestGeometry, type Stream } from './nestGeometry';
import { nestReduction, type NestReduction } from './nestReduction';
import { writeLoad, writeStore, type Width } from './streamCode';
import type { WasmCode } from './wasmCode';

/** Where a nest finds memory. */
export interface NestMemory {
  /** Puts the address of a value's first element on the stack. */
  push(value: Value): void;
  /** Puts the address of `bytes` bytes on the stack that are the nest's own while it runs. */
  pushScratch(bytes: number): void;
}

interface Walker {
  readonly stream: Stream;
  readonly pointer: number;
}

/** Writes the loops of a nest. */
export function writeNest(code: WasmCode, nest: Nest, memory: NestMemory): void {
  const { extents, loads, stores, reduced } = nestGeometry(nest);
  const rank = extents.length;

  const walkers = new Map<Stream, Walker>();
  const walk = (stream: Stream, push: () => void): Walker => {
    const pointer = code.local('i32');
    push();
    if (stream.offset > 0) code.i32(stream.offset).op('i32.add');
    code.set(pointer);
    const walker = { stream, pointer };
    walkers.set(stream, walker);
    return walker;
  };
  for (const stream of [...new Set(loads.values()), ...stores.values()]) {
    walk(stream, () => memory.push(stream.source));
  }
  const pointerOf = (stream: Stream): number =>
    defined(walkers.get(stream), 'pointer of a stream').pointer;

  const loaded = new Map<Stream, number>();
  for (const stream of loads.values()) {
    if (!loaded.has(stream)) loaded.set(stream, code.local('v128'));
  }
  const computed = new Map<Value, number>();
  for (const value of nest.values) {
    if (value.kind !== 'reduce') computed.set(value, code.local('v128'));
  }
  const push = (operand: Value): void => {
    const { source } = nest.accessOf(operand);
    const stream = loads.get(operand);
    if (source.kind === 'constant') {
      pushConstant(code, (source as Value<'constant'>).attributes.value, source.dtype);
    } else {
      code.get(
        stream
          ? defined(loaded.get(stream), 'a loaded stream')
          : defined(computed.get(source), 'a computed value'),
      );
    }
  };

  const reductions = new Map<Value, NestReduction>();
  for (const [value, isReduced] of reduced) {
    const stream = defined(stores.get(value), 'memory of a reduction');
    const made = nestReduction(code, value as Value<'reduce'>, isReduced, {
      target: pointerOf(stream),
      count: elementCount(value.shape),
      pushScratch: memory.pushScratch,
      walk: (pushAddress) =>
        walk(
          { ...stream, strides: stream.strides.map((stride) => 2 * stride), offset: 0 },
          pushAddress,
        ).pointer,
    });
    reductions.set(value, made);
  }

  /** The loops around `level` of them have gone on by one: what repeats inside is loaded. */
  const enter = (level: number): void => {
    for (const [stream, local] of loaded) {
      if (level >= rank || levelOf(stream) !== level) continue;
      writeLoad(code, pointerOf(stream), stream.dtype, 1, true);
      code.set(local);
    }
    for (const reduction of reductions.values()) reduction.enter(level);
  };
  const exit = (level: number): void => {
    for (const reduction of reductions.values()) reduction.exit(level);
  };

  const writeBody = (width: Width): void => {
    for (const [stream, local] of loaded) {
      if (levelOf(stream) !== rank) continue;
      writeLoad(code, pointerOf(stream), stream.dtype, width, rank === 0);
      code.set(local);
    }
    for (const value of nest.values) {
      const reduction = reductions.get(value);
      if (reduction) {
        const x = code.local('v128');
        push(defined(value.operands[0], 'operand of a reduction'));
        code.set(x);
        reduction.add(x, width);
        continue;
      }
      const local = defined(computed.get(value), 'local of a value');
      writeElementwise(code, value, (index) => push(defined(operandsIn(value)[index], 'operand')));
      code.set(local);
      const stream = stores.get(value);
      if (stream) writeStore(code, pointerOf(stream), local, stream.dtype, width);
    }
  };

  const move = (deltaOf: (stream: Stream) => number): void => {
    for (const { stream, pointer } of walkers.values()) {
      const delta = deltaOf(stream);
      if (delta !== 0) code.get(pointer).i32(delta).op('i32.add').set(pointer);
    }
  };
  const stride = (stream: Stream, axis: number): number => stream.strides[axis] ?? 0;
  const writeLoop = (axis: number): void => {
    const extent = extents[axis] ?? 1;
    if (axis === rank - 1) {
      const chunk = (count: number, width: Width): void => {
        if (count === 0) return;
        code.repeat(count, () => {
          writeBody(width);
          move((stream) => width * stride(stream, axis));
        });
      };
      chunk(Math.floor(extent / 4), 4);
      chunk(extent % 4, 1);
      return;
    }
    code.repeat(extent, () => {
      enter(axis + 1);
      writeLoop(axis + 1);
      exit(axis + 1);
      const inside = extents[axis + 1] ?? 1;
      move((stream) => stride(stream, axis) - inside * stride(stream, axis + 1));
    });
  };

  for (const reduction of reductions.values()) reduction.prepare();
  enter(0);
  if (rank === 0) writeBody(1);
  else writeLoop(0);
  exit(0);
  for (const reduction of reductions.values()) reduction.finish();
}

/** The number of loops after which a stream stands still. */
function levelOf({ strides }: Stream): number {
  return strides.findLastIndex((stride) => stride !== 0) + 1;
}
