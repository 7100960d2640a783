import { DatasetCache } from '../../compiler/programs/loadData';
import { Prober } from '../../probing/prober';
import { readAsset } from '../assets';
import { engineFactory } from '../engines';
import { EXIT } from '../exitCodes';
import { jsonText } from '../json';
import type { Terminal } from '../output';
import type { GraphOptions } from '../applySettings';
import { readGraph, requireSound } from '../readGraph';
import { readWeightsFile } from '../readWeightsFile';
import { unwrap } from '../unwrap';
import { probeText } from './probeText';
import { printEfficiency, studyProbes } from './probesText';

interface ProbeOptions extends GraphOptions {
  readonly weights: string;
  readonly engine: string;
  readonly efficiency?: boolean;
  readonly json?: boolean;
}

/** `basin probe GRAPH --weights W`: diagnostics of trained weights on held-out data. */
export async function probeCommand(
  terminal: Terminal,
  source: string,
  options: ProbeOptions,
): Promise<void> {
  const analysis = requireSound(await readGraph(source, terminal, options), terminal);
  const weights = await readWeightsFile(options.weights, analysis, terminal, {
    ofTraining: true,
  });
  const { engine } = unwrap(terminal, await engineFactory(options.engine)(), EXIT.engine);
  const cache = new DatasetCache();
  const prober = unwrap(
    terminal,
    await Prober.create(analysis, {
      engine,
      asset: readAsset,
      cache,
      tenfold: true,
      gradients: true,
    }),
    EXIT.graph,
  );
  const { step } = weights.origin;
  const model = { step: step ?? 0, isStepUnknown: step === null, state: weights.state };
  const report = await prober.probe(model);
  const labels = unwrap(terminal, await prober.probeLabels(model), EXIT.graph);
  const studies = options.efficiency ? await studyProbes(terminal, prober, model, report) : null;
  prober.dispose();
  engine.dispose();
  if (options.json) terminal.out(jsonText({ ...report, ...labels, ...studies }));
  else terminal.out(probeText({ ...report, ...labels }));
  if (studies && !options.json) printEfficiency(terminal, studies.labelEfficiency);
}
