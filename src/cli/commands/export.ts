import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { registry } from '../../../nodes/index';
import { exportPytorch } from '../../interop/pytorch/exportPytorch';
import { exportSweep } from '../../sweeps/pytorch/exportSweep';
import { trialDocument, trialsOf } from '../../sweeps/trials';
import type { GraphOptions } from '../applySettings';
import { readAsset } from '../assets';
import { EXIT } from '../exitCodes';
import { CommandError } from '../failure';
import { jsonText } from '../json';
import type { Terminal } from '../output';
import { writeOutput } from '../outputFile';
import { readGraph } from '../readGraph';
import { unwrap } from '../unwrap';
import { definitionOf, type SweepAsked } from './sweep';

export const EXPORT_TARGETS = ['pytorch'] as const;

export interface ExportOptions extends GraphOptions, Omit<SweepAsked, 'engine'> {
  readonly to: (typeof EXPORT_TARGETS)[number];
  readonly output: string;
  /** Also the sweep that `--over` asks for. */
  readonly sweep?: boolean;
  readonly json?: boolean;
}

/** `basin export GRAPH --to pytorch -o DIR`: a script that trains the graph, its initial weights and its data. */
export async function exportCommand(
  terminal: Terminal,
  source: string,
  { output, json = false, sweep = false, ...options }: ExportOptions,
): Promise<void> {
  if (sweep !== options.over.length > 0) {
    const message = 'A sweep is --sweep and --over NODE.PARAM=a,b,c, once for each axis.';
    throw new CommandError(message, EXIT.usage);
  }
  const document = await readGraph(source, terminal, options);
  const data = { asset: readAsset };
  const files = new Map(
    unwrap(terminal, await exportPytorch(document, registry, data), EXIT.graph),
  );
  if (sweep) {
    const asked = definitionOf(document, { ...options, engine: 'pytorch' });
    for (const trial of trialsOf(asked)) unwrap(terminal, trialDocument(asked, trial, registry), EXIT.usage); // prettier-ignore
    const more = unwrap(terminal, await exportSweep(asked, registry, data), EXIT.graph);
    for (const [name, bytes] of more) files.set(name, bytes);
  }
  for (const [name, bytes] of files) {
    const path = join(output, name);
    await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
      throw new CommandError(`“${output}” cannot be written to: ${String(error)}`, EXIT.usage);
    });
    await writeOutput(path, bytes, 'The export');
  }
  const names = [...files.keys()];
  terminal.out(
    json
      ? jsonText({ to: options.to, output, files: names })
      : `${output}: ${plainNames(names).join(', ')}. Run it with python train.py, or torchrun for several processes${sweep ? '; sweep.py trains the trials' : ''}.`,
  );
}

/** What lies in the folder itself. */
function plainNames(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => (name.includes('/') ? `${name.split('/')[0]}/` : name)))];
}
