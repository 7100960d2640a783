import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeInputs } from '../src/compiler/graph/inferTypes';
import type { NodeDefinition } from '../src/graph/nodeDefinition';
import type { TensorType } from '../src/graph/ports';
import { liveParameters, parameterMeta } from '../src/graph/parameterMeta';
import { nodeDefinitions, registry } from './index';
import { RefusedInputs } from './shared/testing/lowerNode';
import { runNode, type NodeRun } from './shared/testing/runNode';
import { scatter, tensorOf, type TestTensor } from './shared/testing/tensor';

/** The contract that every kind keeps, whatever it does. A new kind needs no line here. */

const BATCH = 5;

/** Inputs to try: some fit any node that computes. Both tensors of a pair have one shape, but of the last. */
const CANDIDATES: readonly ((seed: number) => TestTensor)[] = [
  (seed) => tensorOf([BATCH, 6], scatter(seed)),
  (seed) => tensorOf([BATCH, 4, 4, 2], scatter(seed)),
  (seed) => tensorOf([BATCH, 3, 6], scatter(seed), { timed: true }),
  (seed) => tensorOf([BATCH, 3, 4, 4, 2], scatter(seed), { timed: true }),
  // A point in the plane, and an angle.
  (seed) => tensorOf([BATCH, seed === 0 ? 2 : 1], scatter(seed)),
];

/** Runs of a node on each candidate, with and without optional inputs. */
function plausibleRuns(definition: NodeDefinition): NodeRun[] {
  const params = definition.params.parse({});
  const tensors = definition.ports(params).inputs.filter(({ type }) => type === 'tensor');
  if (tensors.length === 0) {
    return [{ batch: BATCH, columns: columnsOf(definition) }];
  }
  return CANDIDATES.flatMap((candidate) =>
    [true, false].map((withOptional) => {
      const present = tensors.filter(({ optional }) => withOptional || !optional);
      return {
        batch: BATCH,
        inputs: Object.fromEntries(
          present.map(({ name, variadic }, index) => [
            name,
            variadic ? [candidate(2 * index), candidate(2 * index + 1)] : candidate(2 * index),
          ]),
        ),
      };
    }),
  );
}

/** A batch of each column of a data node. */
function columnsOf(definition: NodeDefinition): Record<string, TestTensor> {
  const columns = definition.dataset?.(definition.params.parse({})).columns ?? {};
  return Object.fromEntries(
    Object.entries(columns).map(([name, { time, shape }]) => [
      name,
      tensorOf([BATCH, ...(time === null ? [] : [time]), ...shape], scatter(1), {
        timed: time !== null,
      }),
    ]),
  );
}

const everyKind = nodeDefinitions.map((definition) => [definition.kind, definition] as const);

describe.each(everyKind)('%s', (kind, definition) => {
  const params = definition.params.parse({});
  const ports = definition.ports(params);

  it('lives in the folder of its category and name, with a test', () => {
    const [category = '', name = category] = kind.split('.');
    expect(definition.category).toBe(category);
    const folder = new URL(`./${category}/${name}/`, import.meta.url);
    expect(existsSync(new URL('definition.ts', folder))).toBe(true);
    expect(existsSync(new URL('definition.test.ts', folder))).toBe(true);
    expect(registry.get(kind)).toBe(definition);
  });

  it('explains itself', () => {
    expect(definition.title.trim()).not.toBe('');
    expect(definition.titleFor?.(params) ?? definition.title).not.toBe('');
    expect(definition.help).toMatch(/^[A-Z0-9].*\.$/s);
    expect(definition.source.length).toBeGreaterThan(8);
    if (definition.category !== 'note') expect(definition.formula).toBeTruthy();
  });

  it('has a formula that KaTeX sets', () => {
    const html = katex.renderToString(definition.formula ?? '', { throwOnError: true });
    expect(html).toContain('katex');
  });

  it('has a default, a label and a description for each parameter', () => {
    for (const [name, schema] of Object.entries(definition.params.shape)) {
      const meta = parameterMeta(schema as z.ZodType);
      expect(params, name).toHaveProperty([name]);
      expect(meta.label, name).toBeTruthy();
      expect(meta.description, name).toBeTruthy();
      for (const [other, values] of Object.entries(meta.when ?? {})) {
        const condition = definition.params.shape[other];
        expect(condition, `${name} is shown by ${other}`).toBeDefined();
        for (const value of values) {
          expect(definition.params.safeParse({ [other]: value }).success, String(value)).toBe(true);
        }
      }
      for (const end of meta.range ?? []) {
        expect(definition.params.safeParse({ [name]: end }).success, `${name} = ${end}`).toBe(true);
      }
      if (meta.scale === 'log') expect(meta.range?.[0] ?? 0).toBeGreaterThan(0);
    }
  });

  it('survives the way through JSON', () => {
    expect(definition.params.parse(JSON.parse(JSON.stringify(params)))).toEqual(params);
  });

  it('has live parameters that are numbers', () => {
    for (const name of liveParameters(definition)) expect(typeof params[name]).toBe('number');
  });

  it('has a JSON Schema with its labels', () => {
    const schema = z.toJSONSchema(definition.params, { io: 'input' });
    expect(schema.type).toBe('object');
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(definition.params.shape));
    for (const property of Object.values(schema.properties ?? {})) {
      expect(property).toMatchObject({
        label: expect.any(String),
        description: expect.any(String),
      });
      expect(property).toHaveProperty('default');
    }
  });

  it('has ports with names of their own and help', () => {
    for (const side of [ports.inputs, ports.outputs]) {
      expect(new Set(side.map(({ name }) => name)).size).toBe(side.length);
      for (const { name, help } of side) expect(help, name).toBeTruthy();
    }
  });

  it('offers its weights and takes others’ if it has any', () => {
    const has = (side: readonly { type: string; name: string; optional?: boolean }[]): boolean =>
      side.some((port) => port.name === 'weights' && port.type === 'weights');
    const owns = definition.weights !== undefined;
    if (owns) {
      expect(ports.inputs.find(({ name }) => name === 'weights')?.optional).toBe(true);
    }
    if (owns || definition.category === 'weights') {
      expect(has(ports.inputs) && has(ports.outputs)).toBe(true);
    }
  });

  it('names a live weight if it has terms of the objective, unless it weighs them itself', () => {
    const isTerm = ports.outputs.some(({ type }) => type === 'energy' || type === 'loss');
    if (isTerm) expect(liveParameters(definition).length).toBeGreaterThan(0);
    if (params['weight'] !== undefined) expect(liveParameters(definition)).toContain('weight');
  });

  it('frees a variable that it has', () => {
    const free = definition.free?.(params);
    if (!free) return;
    expect(ports.outputs.find(({ name }) => name === free.port)?.type).toBe('tensor');
  });

  // Samplers, loss functionals and probes are asked by contracts of their own (src/compiler/contrast, src/compiler/probes).
  const isLowered = !definition.sampler && !definition.functional && !definition.probe;
  if (!isLowered) return;
  // What is made of somebody's file has nothing to lower before there is one: its own test gives it one.
  if (definition.dataset && Object.keys(definition.dataset(params).columns).length === 0) {
    it('asks for a file', () => {
      const context = { params, inputs: makeInputs<TensorType>(new Map()) };
      expect(definition.infer(context)).toMatchObject({
        ok: false,
        problem: { code: 'data.no-file' },
      });
    });
    return;
  }
  it('lowers to what it infers, in both modes', async () => {
    const runs = plausibleRuns(definition);
    let accepted = 0;
    for (const run of runs) {
      for (const mode of ['train', 'evaluate'] as const) {
        const result = await runNode(definition, { ...run, mode }).catch((error: unknown) => {
          // Whatever the compiler refuses is no plausible input; everything else is a fault.
          if (error instanceof RefusedInputs) return null;
          throw error;
        });
        if (!result) continue;
        accepted++;
        for (const port of ports.outputs) {
          if (port.type === 'weights') continue;
          const array = result.outputs[port.name];
          const type = result.types[port.name];
          const expected =
            port.type === 'loss'
              ? []
              : port.type === 'energy'
                ? [BATCH]
                : [BATCH, ...(type?.time == null ? [] : [type.time]), ...(type?.shape ?? [])];
          expect(array?.shape, port.name).toEqual(expected);
          expect(array?.values.every(Number.isFinite), port.name).toBe(true);
        }
        const outputs = ports.outputs.filter(({ type }) => type !== 'weights');
        expect(Object.keys(result.outputs).sort()).toEqual(outputs.map(({ name }) => name).sort());
      }
    }
    expect(accepted).toBeGreaterThan(0);
  });
});

describe('the catalogue', () => {
  it('lists every definition there is', () => {
    const root = fileURLToPath(new URL('.', import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const definitions = files.filter((file) => /[\\/]definition\.ts$/.test(file));
    expect(definitions).toHaveLength(nodeDefinitions.length);
  });
});
