import { expect, test } from 'vitest';
import type { ListedKernel } from '../../codegen/report/kernelListing';
import { formatGrid, kernelTitle, opCounts } from './kernelText';

function kernel(...opNames: string[]): ListedKernel {
  return {
    name: '',
    kind: 'map',
    nodes: [],
    count: 1,
    ops: opNames.length,
    bytesRead: 0,
    bytesWritten: 0,
    workgroups: [1, 1],
    opNames,
    reads: [],
    writes: [],
    wgsl: '',
  };
}

test('a kernel is called after its heavy ops, then the others, each once', () => {
  expect(kernelTitle(kernel('broadcast', 'mul', 'dot', 'add', 'dot'))).toBe('dot · mul · add');
  expect(kernelTitle(kernel('mul', 'exp', 'reduce.sum', 'div', 'log'))).toBe(
    'reduce.sum · mul · exp +2',
  );
});

test('views name a kernel that does nothing else, the kind one without ops', () => {
  expect(kernelTitle(kernel('transpose'))).toBe('transpose');
  expect(kernelTitle(kernel())).toBe('map');
});

test('a folded grid shows both sides', () => {
  expect(formatGrid([32, 1])).toBe('32');
  expect(formatGrid([35_000, 2])).toBe('35000 × 2');
});

test('ops are counted in the order of their first appearance', () => {
  expect(opCounts(['dot', 'add', 'dot'])).toEqual([
    { name: 'dot', count: 2 },
    { name: 'add', count: 1 },
  ]);
});
