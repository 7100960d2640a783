import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/compiler/analysis/analyse';
import { compileTraining } from '../../src/compiler/programs/compileTraining';
import { sketchDocument } from '../../src/compiler/testing/testGraphs';
import { DIAGNOSTIC_CODES } from '../../src/core/diagnosticCodes';
import { defined } from '../../src/core/invariant';
import { readDocument } from '../../src/document/read';
import type { BasinDocument } from '../../src/document/schema';
import { applyRemedy } from '../../src/editor/commands/applyRemedy';
import { createEditorStore } from '../../src/editor/store/createEditorStore';
import { registry } from '../../nodes/index';
import { edited, type Edit } from '../support/documentEdits';
import { averageDocuments } from '../support/averageDocuments';
import { caseDocument } from './cases';
import { need, templateDocument } from './trainTemplate';

const ENCODER = ['module.mlp', { widths: [16], width: 8 }] as const;
const NORMAL = ['module.mlp', { widths: [16], width: 8, normalisation: 'batch' }] as const;

const SKETCHES = {
  /** SimSiam without its stop-gradient: tied encoders, and a predictor with batch normalisation on one side. */
  simsiam: sketchDocument({
    nodes: {
      digits: 'data.digits',
      a: NORMAL,
      b: NORMAL,
      predictor: NORMAL,
      energy: 'energy.cosine',
    },
    edges: [
      ...['digits.x -> a.in', 'digits.x -> b.in', 'a.weights -> b.weights'],
      ...['a.out -> predictor.in', 'predictor.out -> energy.a', 'b.out -> energy.b'],
    ],
  }),
  /** The image reaches the encoder directly and flattened, and its target flattened too. */
  flattened: sketchDocument({
    nodes: {
      digits: 'data.digits',
      flat: 'op.flatten',
      join: ['op.concat', { axis: 'flat' }],
      encoder: ['module.mlp', { widths: [], width: 64 }],
      energy: 'energy.squared',
      quiet: 'view.noise',
      copy: ['module.linear', { width: 64 }],
      second: 'energy.squared',
    },
    edges: [
      ...['digits.x -> flat.in', 'flat.out -> join.in', 'digits.x -> join.in'],
      ...['join.out -> encoder.in', 'encoder.out -> energy.a', 'flat.out -> energy.b'],
      ...['flat.out -> quiet.in', 'quiet.out -> copy.in', 'copy.out -> second.a'],
      'flat.out -> second.b',
    ],
  }),
  /** Nodes that lead nowhere, beside a regression. */
  idle: sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      f: ['module.linear', { width: 1 }],
      energy: 'energy.squared',
      idle: ENCODER,
      behind: ENCODER,
    },
    edges: [
      ...['points.x -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
      ...['points.x -> idle.in', 'idle.out -> behind.in'],
    ],
  }),
  'idle latent': sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      f: ['module.linear', { width: 1 }],
      energy: 'energy.squared',
      z: ['latent.continuous', { d: 4 }],
      join: 'op.concat',
      decoder: ENCODER,
    },
    edges: [
      ...['points.x -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
      ...['z.z -> join.in', 'z.z -> join.in', 'join.out -> decoder.in'],
    ],
  }),
  'idle average': sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      f: ['module.linear', { width: 1 }],
      g: ['module.linear', { width: 1 }],
      ema: 'weights.ema',
      energy: 'energy.squared',
      online: ['module.linear', { width: 1 }],
    },
    edges: [
      ...['points.x -> f.in', 'points.x -> g.in', 'f.weights -> ema.weights'],
      ...['ema.weights -> g.weights', 'g.out -> energy.a', 'online.out -> energy.b'],
      'points.y -> online.in',
    ],
  }),
  'energy alone': sketchDocument({
    nodes: { points: 'data.points', energy: 'energy.scalar' },
    edges: ['points.y -> energy.in'],
  }),
  'energy of pairs': sketchDocument({
    nodes: { points: ['data.points', { shape: 'parabola' }], energy: 'energy.scalar' },
    edges: ['points.x -> energy.in', 'points.y -> energy.in'],
  }),
  'energy of units': sketchDocument({
    nodes: { patterns: 'data.patterns', energy: 'energy.rbm' },
    edges: ['patterns.y -> energy.y'],
  }),
  'variance only': sketchDocument({
    nodes: {
      digits: 'data.digits',
      a: ENCODER,
      b: ENCODER,
      energy: 'energy.squared',
      reg: 'reg.variance',
    },
    edges: [
      ...['digits.x -> a.in', 'digits.x -> b.in', 'a.out -> energy.a', 'b.out -> energy.b'],
      ...['a.out -> reg.z', 'b.out -> reg.z'],
    ],
  }),
};

async function documentOf(name: string): Promise<BasinDocument> {
  if (name in SKETCHES) return SKETCHES[name as keyof typeof SKETCHES];
  if (name === 'byol') return averageDocuments.byol;
  return name.startsWith('case ') ? caseDocument(name.slice(5)) : templateDocument(name);
}

const COLLAPSE = 'lint.joint-embedding-collapse';
const DIMENSIONAL = 'lint.dimensional-collapse';
const LATENT = 'lint.latent-collapse';
const FLAT = 'lint.flat-energy';
const IDENTITY = 'lint.identity-collapse';

/** What is wrong after the edits, and what is offered. Where a finding is followed by another, that is named. */
const TABLE: readonly (readonly [
  document: string,
  edits: readonly Edit[],
  finding: string,
  remedy: string,
  left?: readonly string[],
])[] = [
  ['joint-embedding-collapse', [], `${COLLAPSE} energy`, 'Add VICReg on “Encoder A” and “Encoder B”'],
  ['vicreg', ['delete vicreg'], `${COLLAPSE} invariance`, 'Add VICReg on “Expander A” and “Expander B”'],
  ['vicreg', ['bypass vicreg'], `${COLLAPSE} invariance`, 'Add VICReg on “Expander A” and “Expander B”'],
  ['vicreg', ['vicreg.variance=0'], `${COLLAPSE} invariance`, 'Set variance weight μ of “VICReg” to 25'],
  ['vicreg', ['vicreg.variance=0', 'vicreg.covariance=0'], `${COLLAPSE} invariance`, 'Set variance weight μ of “VICReg” to 25', [`${DIMENSIONAL} invariance`]],
  ['vicreg', ['vicreg.covariance=0'], `${DIMENSIONAL} invariance`, 'Set covariance weight ν of “VICReg” to 1'],
  ['vicreg', ['training.batchSize=1'], 'lint.batch-too-small vicreg', 'Raise the batch size to 128'],
  // It reads what is above the expanders.
  ['case vicreg-on-encoders', [], `${COLLAPSE} invariance`, 'Add VICReg on “Expander A” and “Expander B”'],
  ['jepa', ['delete vicreg'], `${COLLAPSE} energy`, 'Add VICReg on “Predictor” and “Encoder y”'],
  ['jepa', ['- encoderY.out -> vicreg.z'], `${COLLAPSE} energy`, 'Add VICReg on “Predictor” and “Encoder y”'],
  ['jepa', ['vicreg.covariance=0'], `${DIMENSIONAL} energy`, 'Set covariance weight ν of “VICReg” to 1'],
  ['jepa', ['bound.weight=0', 'z.d=32'], `${LATENT} z`, 'Set weight of “R(z)” to 0.1'],
  ['jepa', ['delete bound', 'z.d=32'], `${LATENT} z`, 'Add an L1 term on “z”'],
  ['h-jepa', ['delete vicreg2'], `${COLLAPSE} energy2`, 'Add VICReg on “Predictor 2” and “s₂ next”'],
  ['variational-autoencoder', ['mean.width=64', 'logVariance.width=64', 'z.weight=0'], `${IDENTITY} reconstruction`, 'Set weight of “z” to 1'],
  ['parabola', ['+ points.y -> predictor.in'], `${IDENTITY} energy`, 'Add noise before “f”'],
  ['flattened', [], `${IDENTITY} energy`, 'Add noise before “join”'],
  ['flattened', ['quiet.strength=0'], `${IDENTITY} second`, 'Set strength σ of “quiet” to 0.1'],
  ['variance only', [], `${DIMENSIONAL} energy`, 'Add a covariance term on “a” and “b”'],
  ['energy alone', [], `${FLAT} energy`, 'Contrast “energy” by its likelihood'],
  ['energy of pairs', [], `${FLAT} energy`, 'Contrast “energy” by its likelihood'],
  ['energy of units', [], `${FLAT} energy`, 'Contrast “energy” by its likelihood'],
  ['simsiam', [], `${COLLAPSE} energy`, 'Stop the gradient of “b”'],
  ['simsiam', ['predictor.normalisation="none"'], `${COLLAPSE} energy`, 'Add VICReg on “predictor” and “b”'],
  ['simsiam', ['- a.weights -> b.weights'], `${COLLAPSE} energy`, 'Add VICReg on “predictor” and “b”'],
  ['byol', ['- projectorAverage.weights -> targetProjector.weights'], `${COLLAPSE} energy`, 'Add VICReg on “predictor” and “targetProjector”'],
  ['idle', [], 'lint.unused-node idle', 'Delete “idle” and “behind” behind it'],
  ['idle', [], 'lint.unused-node behind', 'Delete “behind”'],
  ['idle latent', [], 'free.no-energy z', 'Delete “z” and 2 nodes behind it'],
  ['idle average', [], 'lint.average-of-untrained ema', 'Delete “ema”', [`${COLLAPSE} energy`, 'lint.unused-node f']],
]; // prettier-ignore

describe('a remedy', () => {
  for (const [name, edits, finding, remedyLabel, left = []] of TABLE) {
    it(`of ${name} with ${JSON.stringify(edits)}, ${finding}: ${remedyLabel}`, async () => {
      const document = edited(await documentOf(name), edits);
      const store = createEditorStore({ registry, analyse, document });
      const codes = (): string[] =>
        store.settle().diagnostics.map(({ code, nodeId }) => `${code} ${nodeId ?? ''}`);
      const before = codes();
      expect(before).toContain(finding);
      const found = store
        .settle()
        .diagnostics.find(({ code, nodeId }) => `${code} ${nodeId ?? ''}` === finding);
      const remedy = defined(found?.remedy, 'remedy');
      expect(remedy.label).toBe(remedyLabel);

      expect(applyRemedy(store, remedy)).not.toBeNull();
      const after = codes();
      expect(after).not.toContain(finding);
      expect(
        after.filter((code) => !before.includes(code) && !code.startsWith('lint.immune')),
      ).toEqual(left);
      const mended = store.getState().document;
      expect(need(readDocument(JSON.stringify(mended), 'mended'))).toEqual(mended);
      expect(compileTraining(store.settle()).ok).toBe(true);

      expect(store.getState().undoLabel).toBe(remedyLabel);
      store.undo();
      expect(store.getState().document).toEqual(document);
      expect(codes()).toEqual(before);
      store.redo();
      expect(store.getState().document).toEqual(mended);
    });
  }
});

it('is offered for every finding of lint that is a fault', () => {
  const lints = Object.keys(DIAGNOSTIC_CODES).filter((code) => code.startsWith('lint.'));
  const mended = new Set(TABLE.map(([, , finding]) => finding.split(' ')[0]));
  // What cannot collapse needs none.
  expect(lints.filter((code) => !mended.has(code))).toEqual(['lint.immune']);
});
