import { describe, expect, it } from 'vitest';
import { firstKinds } from '../../nodes/firstKinds';
import { registry } from '../../nodes/index';
import first from '../../templates/jepa/graph.json';
import { growingRegistry } from '../graph/registry';

describe('the first view', () => {
  it('comes with the kinds of its template and no others', () => {
    const used = new Set(first.nodes.map(({ kind }) => kind));
    expect(new Set(firstKinds.map(({ kind }) => kind))).toEqual(used);
  });

  it('has the same definitions as the palette later', () => {
    const growing = growingRegistry(firstKinds);
    for (const definition of firstKinds) expect(registry.get(definition.kind)).toBe(definition);
    expect(growing.get('module.gru')).toBeUndefined();
    growing.learn(registry);
    expect(growing.get('module.gru')).toBe(registry.get('module.gru'));
    expect(growing.definitions).toBe(registry.definitions);
    expect(growing.roles).toBe(registry.roles);
  });
});
