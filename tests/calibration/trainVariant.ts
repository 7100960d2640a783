import { readFile } from 'node:fs/promises';
import { registry } from '../../nodes/index';
import { applySettings } from '../../src/cli/applySettings';
import { readAsset } from '../../src/cli/assets';
import { readTemplateText } from '../../src/cli/templates';
import { analyse } from '../../src/compiler/analysis/analyse';
import { DatasetCache } from '../../src/compiler/programs/loadData';
import type { Result } from '../../src/core/result';
import { changedByLines } from '../../src/document/experiments/editLines';
import { readDocument } from '../../src/document/read';
import type { BasinDocument } from '../../src/document/schema';
import type { Engine } from '../../src/engine/engine';
import { nodeHost } from '../../src/engine/hosts/nodeHost';
import { tfjs } from '../../src/engine/tfjs/descriptor';
import { Prober } from '../../src/probing/prober';
import type { ProbeReport } from '../../src/probing/report';
import { prepareTraining } from '../../src/training/prepareTraining';
import { warningsOf } from '../templates/lintCodes';
import { SKETCHES } from './sketches';
import type { Variant } from './variants';

export interface VariantRun {
  /** Codes of warnings and errors before training. */
  readonly warnings: readonly string[];
  /** At step 0, then evenly spread over the run. */
  readonly reports: readonly ProbeReport[];
}

const CASES = new URL('../cases/', import.meta.url);
const cache = new DatasetCache();
let engine: Promise<Result<Engine>> | null = null;

/** Trains a variant on TensorFlow.js with its own settings and judges it `evaluations` times on the way. */
export async function trainVariant(
  variant: Variant,
  seed: number,
  evaluations: number,
): Promise<VariantRun> {
  const source = await sourceOf(variant);
  const changed = need(changedByLines(source, variant.edits ?? [], { kinds: registry }));
  const document = applySettings(changed, { seed }, registry);
  const training = { ...document.training, steps: variant.steps };
  const analysis = analyse({ ...document, training }, registry);
  const warnings = warningsOf(analysis);
  const prepared = need(await prepareTraining(analysis, { asset: readAsset, cache }));
  const device = need(await (engine ??= tfjs.create(nodeHost)));
  const executable = await device.compile(prepared.training.program, prepared.data);
  const prober = need(await Prober.create(analysis, { engine: device, asset: readAsset, cache }));
  try {
    const reports: ProbeReport[] = [];
    let step = 0;
    for (let i = 0; i <= evaluations; i++) {
      const target = Math.round((i * variant.steps) / evaluations);
      if (target > step) await executable.run(target - step);
      await executable.drainMetrics();
      step = target;
      reports.push(await prober.probe({ step, state: await executable.readState() }));
    }
    return { warnings, reports };
  } finally {
    executable.dispose();
    prober.dispose();
  }
}

async function sourceOf({ from }: Variant): Promise<BasinDocument> {
  if ('sketch' in from) return SKETCHES[from.sketch];
  const text =
    'template' in from
      ? await readTemplateText(from.template)
      : await readFile(new URL(`${from.case}.json`, CASES), 'utf8');
  return need(readDocument(text, 'basin-document'));
}

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 2));
  return result.value;
}
