import { describe, expect, it } from 'vitest';
import { analyse } from '../src/compiler/analysis/analyse';
import { liveValues } from '../src/compiler/programs/liveDocument';
import { readDocument } from '../src/document/read';
import { emptyDocument } from '../src/document/schema';
import { resolveParameters } from '../src/editor/parameters/resolveParameters';
import { HOSTILE_VALUES } from '../tests/support/hostileValues';
import { registry } from './index';

describe('a parameter that nobody expects', () => {
  it.each(registry.definitions.map((definition) => [definition.kind, definition] as const))(
    'is refused by %s with a reason, wherever it stands',
    (kind, definition) => {
      for (const name of Object.keys(definition.params.shape)) {
        for (const hostile of HOSTILE_VALUES) {
          for (const value of [hostile, [hostile, 1], [1, hostile]]) {
            const node = { id: 'a', kind, label: 'A', params: { [name]: value } };
            const read = readDocument({ ...emptyDocument(), nodes: [node], edges: [] });
            if (!read.ok) throw new Error('refused');
            const [{ params } = { params: {} }] = read.value.nodes;
            // The parameters in force are usable, whatever the document says.
            const resolved = resolveParameters(definition, params);
            expect(definition.params.safeParse(resolved).success).toBe(true);
            liveValues(read.value, registry);
            const { diagnostics } = analyse(read.value, registry);
            const accepted = definition.params.safeParse(params).success;
            const faults = diagnostics.filter(({ code }) => code === 'node.bad-parameter');
            expect(faults.length > 0).toBe(!accepted);
          }
        }
      }
    },
    60_000,
  );
});
