import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeDefinitions, registry } from '../../../nodes/index';
import { hasErrors } from '../../core/diagnostic';
import { DEFAULT_TRAINING, emptyDocument, type BasinDocument } from '../../document/schema';
import { verifyProgram } from '../../ir/verify';
import { analyse } from '../analysis/analyse';
import { compileDiagnosis } from '../programs/compileDiagnosis';
import { compileEvaluation } from '../programs/compileEvaluation';
import { compileTraining } from '../programs/compileTraining';

/** Kinds as they come: any edges between any ports, most of them wrong. */
const wildDocument: fc.Arbitrary<BasinDocument> = fc
  .record({
    kinds: fc.array(fc.constantFrom(...nodeDefinitions, null), { maxLength: 12 }),
    edges: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()), { maxLength: 24 }),
    bypassed: fc.array(fc.boolean()),
    batchSize: fc.constantFrom(1, 2, 16),
  })
  .map(({ kinds, edges, bypassed, batchSize }) => {
    const nodes = kinds.map((definition, index) => ({
      id: `n${index}`,
      kind: definition?.kind ?? 'module.unknown',
      label: '',
      position: { x: 0, y: 0 },
      params: {},
      ...(bypassed[index] ? { bypassed: true as const } : {}),
    }));
    const portsOf = (index: number) => {
      const definition = kinds[index % Math.max(1, kinds.length)];
      return definition?.ports(definition.params.parse({}));
    };
    return {
      ...emptyDocument(),
      nodes,
      edges: edges.flatMap(([source, sourcePort, target, targetPort], index) => {
        const outputs = portsOf(source)?.outputs ?? [];
        const inputs = portsOf(target)?.inputs ?? [];
        const from = outputs[sourcePort % Math.max(1, outputs.length)];
        const to = inputs[targetPort % Math.max(1, inputs.length)];
        if (!from || !to) return [];
        return {
          id: `e${index}`,
          source: `n${source % kinds.length}`,
          sourcePort: from.name,
          target: `n${target % kinds.length}`,
          targetPort: to.name,
        };
      }),
      training: { ...DEFAULT_TRAINING, batchSize },
    };
  });

/** Widths that agree, so that nodes of any two kinds often fit each other. */
const WIDTH_PARAMETERS: Readonly<Record<string, Record<string, number>>> = {
  'module.linear': { width: 8 },
  'module.mlp': { width: 8 },
  'latent.continuous': { d: 8, steps: 2, evaluationSteps: 2 },
};

/** Vectors of eight from digits, then nodes whose inputs are fed by earlier outputs of their type: often sound. */
const plausibleDocument: fc.Arbitrary<BasinDocument> = fc
  .record({
    kinds: fc.array(
      fc.constantFrom(
        ...nodeDefinitions.filter(({ category }) => category !== 'note' && category !== 'data'),
      ),
      { maxLength: 7 },
    ),
    choices: fc.array(fc.nat(), { minLength: 64, maxLength: 64 }),
  })
  .map(({ kinds, choices }) => {
    let next = 0;
    const choose = <T>(list: readonly T[]): T | undefined =>
      list.length === 0 ? undefined : list[(choices[next++ % choices.length] ?? 0) % list.length];
    const fixed = ['data.digits', 'module.linear', 'module.linear'].flatMap(
      (kind) => registry.get(kind) ?? [],
    );
    const last = registry.get('energy.squared');
    const definitions = [...fixed, ...kinds, ...(last ? [last] : [])];
    const available: { node: string; port: string; type: string }[] = [];
    const edges: BasinDocument['edges'] = [];
    const nodes = definitions.map((definition, index) => {
      const id = `n${index}`;
      const params = WIDTH_PARAMETERS[definition.kind] ?? {};
      const ports = definition.ports(definition.params.parse(params));
      for (const input of ports.inputs) {
        const early = index < fixed.length;
        const source =
          early && input.type === 'tensor'
            ? { node: 'n0', port: 'x' }
            : choose(available.filter(({ type }) => type === input.type));
        if (!source || (input.optional && (early || choose([true, false])))) continue;
        edges.push({
          id: `e${edges.length}`,
          source: source.node,
          sourcePort: source.port,
          target: id,
          targetPort: input.name,
        });
      }
      if (index > 0) {
        for (const { name, type } of ports.outputs) available.push({ node: id, port: name, type });
      }
      return { id, kind: definition.kind, label: id, position: { x: 0, y: 0 }, params };
    });
    return {
      ...emptyDocument(),
      nodes,
      edges,
      training: { ...DEFAULT_TRAINING, batchSize: 4 },
    };
  });

describe('random documents', () => {
  it('never crash the analysis', () => {
    fc.assert(
      fc.property(wildDocument, (document) => {
        const { diagnostics } = analyse(document, registry);
        for (const { message } of diagnostics) expect(message.length).toBeGreaterThan(10);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('compile to verified programs whenever the analysis finds no error', () => {
    let sound = 0;
    fc.assert(
      fc.property(plausibleDocument, (document) => {
        const analysis = analyse(document, registry);
        const fine = !hasErrors(analysis.diagnostics);
        if (fine) sound++;
        for (const compile of [compileTraining, compileEvaluation, compileDiagnosis]) {
          const result = compile(analysis);
          expect(result.ok).toBe(fine);
          if (result.ok) verifyProgram(result.value.program);
        }
      }),
      { numRuns: 80 },
    );
    expect(sound).toBeGreaterThan(10);
  }, 120_000);
});
