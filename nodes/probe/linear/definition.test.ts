import { describe, expect, it } from 'vitest';
import { Builder } from '../../../src/ir/builder';
import { defined } from '../../../src/core/invariant';
import { createReferenceEngine } from '../../../src/engine/reference/referenceEngine';
import type { Program } from '../../../src/ir/types';
import { probeLinear } from './definition';

describe('probe.linear', () => {
  it('reads what it reads as Wz + b', async () => {
    const reader = defined(probeLinear.probe?.online, 'reader');
    expect(reader.weights(3, 2)).toEqual([
      { name: 'weight', shape: [3, 2] },
      { name: 'bias', shape: [2] },
    ]);
    const builder = new Builder();
    const weights = new Map([
      ['weight', builder.literal([1, -1, 0, 2, 0.5, 3], [3, 2])],
      ['bias', builder.literal([10, 20], [2])],
    ]);
    const out = reader.predict(
      { builder, weight: (name) => defined(weights.get(name), name) },
      builder.literal([1, 2, 4, 0, 1, 0], [2, 3]),
    );
    const program: Program = {
      ...{ data: [], state: [], packs: [], live: [], phases: builder.takePhases() },
      ...{ updates: new Map(), metrics: new Map(), outputs: new Map([['out', out]]) },
    };
    const executable = await createReferenceEngine().compile(program, new Map());
    await executable.run(1);
    const outputs = await executable.readOutputs();
    // 1·1 + 2·0 + 4·0.5 + 10, 1·(−1) + 2·2 + 4·3 + 20; 0 + 1·0 + 10, 0 + 1·2 + 20.
    expect([...defined(outputs.get('out'), 'out')]).toEqual([13, 35, 10, 22]);
  });

  it('has a rate of its own that is live, and no output', () => {
    const params = probeLinear.params.parse({});
    expect(params['rate']).toBe(0.01);
    expect(probeLinear.ports(params).outputs).toEqual([]);
    expect(
      probeLinear.ports(params).inputs.map(({ name, optional = false }) => [name, optional]),
    ).toEqual([
      ['in', false],
      ['target', true],
    ]);
  });
});
