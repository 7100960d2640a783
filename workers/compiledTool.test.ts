import { beforeEach, expect, it, vi } from 'vitest';
import { registry } from '../nodes/index';
import { failure, success } from '../src/core/result';
import { emptyDocument, type BasinDocument } from '../src/document/schema';
import { CompiledTool } from './compiledTool';

const dispose = vi.fn();
const compile = vi.fn();
const tool = new CompiledTool<{ dispose(): void }, string>({
  registry,
  compile: (document, purpose) => {
    compile(document.title, purpose);
    return Promise.resolve(
      purpose === 'impossible'
        ? failure({ code: 'run.failed', severity: 'error', message: 'It cannot be.' })
        : success({ dispose }),
    );
  },
  purposeOf: (purpose) => purpose,
});

function graph(label: string, params: BasinDocument['nodes'][number]['params']): BasinDocument {
  const node = { id: 'a', kind: 'module.mlp', label, position: { x: 0, y: 0 }, params };
  return { ...emptyDocument(), nodes: [node] };
}

beforeEach(() => {
  tool.discard();
  dispose.mockClear();
  compile.mockClear();
});

it('is kept while documents compute the same for the same purpose', async () => {
  await tool.of(graph('A', { width: 8 }), 'one');
  await tool.of(graph('B', { width: 8 }), 'one');
  expect(compile).toHaveBeenCalledTimes(1);
  await tool.of(graph('B', { width: 9 }), 'one');
  await tool.of(graph('B', { width: 9 }), 'another');
  expect(compile).toHaveBeenCalledTimes(3);
  expect(dispose).toHaveBeenCalledTimes(2);
});

it('is asked for again after it could not be made', async () => {
  expect((await tool.of(graph('A', {}), 'impossible')).ok).toBe(false);
  expect((await tool.of(graph('A', {}), 'impossible')).ok).toBe(false);
  expect(compile).toHaveBeenCalledTimes(2);
});
