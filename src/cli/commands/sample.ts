import { portKey } from '../../compiler/graph/graph';
import { compileSample, SAMPLES } from '../../compiler/programs/compileSample';
import { DatasetCache, loadData } from '../../compiler/programs/loadData';
import { defined } from '../../core/invariant';
import type { GraphOptions } from '../applySettings';
import { readAsset } from '../assets';
import { engineFactory } from '../engines';
import { EXIT } from '../exitCodes';
import { CommandError } from '../failure';
import { jsonText } from '../json';
import type { Terminal } from '../output';
import { readGraph, requireSound } from '../readGraph';
import { readWeightsFile } from '../readWeightsFile';
import { unwrap } from '../unwrap';

interface SampleOptions extends GraphOptions {
  readonly port: string;
  readonly count: number;
  readonly weights?: string;
  readonly engine: string;
  readonly json?: boolean;
}

/** `basin sample GRAPH --weights W --port NODE.PORT --count N`: a port with latents drawn from their prior. */
export async function sampleCommand(
  terminal: Terminal,
  source: string,
  options: SampleOptions,
): Promise<void> {
  const analysis = requireSound(await readGraph(source, terminal, options), terminal);
  const dot = options.port.lastIndexOf('.');
  if (dot < 1) throw new CommandError(`“${options.port}” is not NODE.PORT.`, EXIT.usage);
  const port = { nodeId: options.port.slice(0, dot), port: options.port.slice(dot + 1) };
  const compiled = unwrap(terminal, compileSample(analysis, port, options.count), EXIT.usage);
  const { program, data, rows } = compiled;
  const weights =
    options.weights === undefined
      ? null
      : await readWeightsFile(options.weights, analysis, terminal);
  if (weights === null) terminal.err('These are samples of the initial weights: there is no --weights.'); // prettier-ignore

  const { engine } = unwrap(terminal, await engineFactory(options.engine)(), EXIT.engine);
  const { seed } = analysis.training;
  const loading = loadData(data, { seed, asset: readAsset, cache: new DatasetCache() });
  const { arrays } = unwrap(terminal, await loading, EXIT.graph);
  const executable = await engine.compile(program, arrays);
  const names = new Set(program.state.map(({ name }) => name));
  const state = [...(weights?.state ?? [])].filter(([name]) => names.has(name));
  executable.writeState(new Map(state), 0);
  const samples: number[][] = [];
  while (samples.length < options.count) {
    await executable.run(1);
    const values = defined((await executable.readOutputs()).get(SAMPLES), SAMPLES);
    const size = values.length / rows;
    for (let row = 0; row < rows && samples.length < options.count; row++) {
      samples.push([...values.slice(row * size, (row + 1) * size)]);
    }
  }
  executable.dispose();
  engine.dispose();
  if (options.json) terminal.out(jsonText({ samples }));
  else for (const row of samples) terminal.out(row.join(' '));
  if (samples.some((row) => row.some((value) => !Number.isFinite(value)))) {
    terminal.err(`“${portKey(port.nodeId, port.port)}” gives numbers that are not finite.`);
  }
}
