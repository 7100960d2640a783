import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { canonicalJson } from '../../document/canonical';
import { readDocumentFile } from '../../document/readFile';
import { readSafetensors } from '../safetensors';
import { RUNTIME_NAMES } from './runtimeNames';
import { exportPytorch } from './exportPytorch';

type Sketch = Parameters<typeof sketchDocument>[0];

const SKETCH: Sketch = {
  nodes: {
    points: ['data.points', { shape: 'parabola', count: 40 }],
    f: ['module.mlp', { width: 1, widths: [4] }],
    energy: ['energy.squared', { weight: 3 }],
  },
  edges: ['points.x -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
  training: { batchSize: 8 },
};

async function exported(sketch: Sketch): Promise<ReadonlyMap<string, Uint8Array>> {
  const made = await exportPytorch(sketchDocument(sketch), registry, {
    asset: () => Promise.reject(new Error('no file is needed')),
  });
  if (!made.ok) throw new Error(made.diagnostics[0]?.message);
  return made.value;
}

async function scriptOf(sketch: Sketch): Promise<string> {
  return new TextDecoder().decode((await exported(sketch)).get('train.py'));
}

/** The lines of a class or function, up to the next one. */
function section(script: string, head: string): string {
  const [, rest = ''] = script.split(`\n${head}`);
  return rest.split(/\n\n\n/)[0] ?? '';
}

describe('a script', () => {
  it('has a class for a module, named after its node, with its arrays', async () => {
    const script = await scriptOf(SKETCH);
    const module = section(script, 'class F');
    expect(module).toContain('nn.Parameter(torch.empty(1, 4))');
    expect(module).toContain('def forward(self, x: Tensor) -> Tensor:');
    expect(module).toMatch(/x @ self\.\w+ \+ self\.\w+/);
    expect(module).toContain('torch.relu(');
    expect(script).toContain('self.f(data["points/train/x"][rows])');
  });

  it('says label and formula at a term, and reads its weight from what can be set', async () => {
    const script = await scriptOf(SKETCH);
    expect(script).toMatch(/# energy: .*\\tfrac\{1\}\{D\}/i);
    expect(script).toContain('config["energy.weight"] * batch_mean(');
    expect(script).toContain('    "energy.weight": 3.0,');
  });

  it('differentiates by PyTorch where latents are found', async () => {
    const script = await scriptOf({
      ...SKETCH,
      nodes: { ...SKETCH.nodes, z: ['latent.continuous', { width: 2 }], join: 'op.concat' },
      edges: [
        ...['points.x -> join.in', 'z.z -> join.in', 'join.out -> f.in'],
        ...['f.out -> energy.a', 'points.y -> energy.b'],
      ],
    });
    expect(script).toMatch(/for _ in range\(\d+\):/);
    expect(script).toMatch(
      /torch\.autograd\.grad\(\w+\.sum\(\), \(state_\d,\), retain_graph=True\)/,
    );
    expect(script).toMatch(/state_3 = state_3\.detach\(\)\.requires_grad_\(\)/);
  });

  it('gathers what mixes rows, and nothing else', async () => {
    const script = await scriptOf({
      nodes: {
        points: ['data.points', { shape: 'parabola', count: 40 }],
        a: ['module.linear', { width: 2 }],
        b: ['module.linear', { width: 2 }],
        loss: 'loss.infoNCE',
      },
      edges: ['points.x -> a.in', 'points.y -> b.in', 'a.out -> loss.a', 'b.out -> loss.b'],
      training: { batchSize: 8 },
    });
    const loss = section(script, 'def loss_loss');
    expect(loss.match(/gathered\(/g)).toHaveLength(2);
    expect(section(script, 'class A')).not.toContain('gathered(');
    expect(loss).toContain('run.batch');
  });

  it('opens as the graph that it was made of, whatever its texts hold', async () => {
    const document = {
      ...sketchDocument(SKETCH),
      title: `'''"""\\ \u2028 “quoted” 目`,
      description: `ends in ''`,
    };
    const made = await exportPytorch(document, registry, {
      asset: () => Promise.reject(new Error()),
    });
    const script = made.ok ? new TextDecoder().decode(made.value.get('train.py')) : '';
    const read = readDocumentFile(script, 'train.py', 'It');
    expect(read.ok && canonicalJson(read.value)).toBe(canonicalJson(document));
  });

  it('is sound and seen as it runs, whatever its nodes are called', async () => {
    const document = sketchDocument({
      nodes: {
        points: ['data.points', { shape: 'parabola', count: 40 }],
        none: ['module.linear', { width: 2 }],
        steps: ['module.linear', { width: 1 }],
        energy: 'energy.squared',
      },
      edges: [
        ...['points.x -> none.in', 'none.out -> steps.in'],
        ...['steps.out -> energy.a', 'points.y -> energy.b'],
      ],
      training: { batchSize: 8 },
    });
    const labels = ['max', 'None', 'STEPS', '\u202e"""\0\\'];
    const made = await exportPytorch(
      {
        ...document,
        title: 'a\0b\u202e\n"""\\',
        nodes: document.nodes.map((node, index) => ({ ...node, label: labels[index] ?? '' })),
      },
      registry,
      { asset: () => Promise.reject(new Error()) },
    );
    const script = made.ok ? new TextDecoder().decode(made.value.get('train.py')) : '';
    expect(script.split('\n')[0]).toBe(`"""a b '''/`);
    expect(['\0', '\u202e'].filter((hidden) => script.includes(hidden))).toEqual([]);
    expect(script.match(/^class \w+(?=\(nn\.Module)/gm)).toEqual([
      ...['class None_2', 'class STEPS_2', 'class Model'],
    ]);
    // No other name of the script is one that a node could be called.
    const names = [...script.matchAll(/^(?:def|class) (\w+)|^([A-Za-z]\w*)(?:: [^=]+)? = /gm)];
    const graphs = names.flatMap(([, defined, set]) => {
      const name = defined ?? set ?? '';
      return RUNTIME_NAMES.includes(name) ? [] : [name];
    });
    expect(graphs).toEqual(['value_energy', 'None_2', 'STEPS_2']);
    const read = readDocumentFile(script, 'train.py', 'It');
    expect(read.ok && read.value.nodes.map(({ label }) => label)).toEqual(labels);
  });

  it('has the initial weights and the columns that it reads beside it', async () => {
    const files = await exported(SKETCH);
    const names = (file: string): string[] => {
      const read = readSafetensors(files.get(file) ?? new Uint8Array());
      return read.ok ? [...read.value.tensors.keys()].sort() : [];
    };
    expect(names('weights.safetensors')).toHaveLength(4);
    expect(names('weights.safetensors').every((name) => name.startsWith('f.'))).toBe(true);
    expect(names('data.safetensors').filter((name) => name.includes('/train/'))).toHaveLength(2);
  });
});

it('refuses a graph that cannot be trained, with its own reasons', async () => {
  const document = sketchDocument({ ...SKETCH, edges: ['points.x -> f.in'] });
  const made = await exportPytorch(document, registry, {
    asset: () => Promise.reject(new Error()),
  });
  expect(made.ok).toBe(false);
  expect(made.diagnostics.map(({ code }) => code)).toContain('node.missing-input');
});
