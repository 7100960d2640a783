import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { registry } from '../../../nodes/index';
import { exportPytorch } from '../../interop/pytorch/exportPytorch';
import type { GraphOptions } from '../applySettings';
import { readAsset } from '../assets';
import { EXIT } from '../exitCodes';
import { CommandError } from '../failure';
import { jsonText } from '../json';
import type { Terminal } from '../output';
import { writeOutput } from '../outputFile';
import { readGraph } from '../readGraph';
import { unwrap } from '../unwrap';

export const EXPORT_TARGETS = ['pytorch'] as const;

export interface ExportOptions extends GraphOptions {
  readonly to: (typeof EXPORT_TARGETS)[number];
  readonly output: string;
  readonly json?: boolean;
}

/** `basin export GRAPH --to pytorch -o DIR`: a script that trains the graph, its initial weights and its data. */
export async function exportCommand(
  terminal: Terminal,
  source: string,
  { output, json = false, ...options }: ExportOptions,
): Promise<void> {
  const document = await readGraph(source, terminal, options);
  const made = await exportPytorch(document, registry, { asset: readAsset });
  const files = unwrap(terminal, made, EXIT.graph);
  await mkdir(output, { recursive: true }).catch((error: unknown) => {
    throw new CommandError(`“${output}” cannot be written to: ${String(error)}`, EXIT.usage);
  });
  for (const [name, bytes] of files) await writeOutput(join(output, name), bytes, 'The export');
  const names = [...files.keys()];
  terminal.out(
    json
      ? jsonText({ to: options.to, output, files: names })
      : `${output}: ${names.join(', ')}. Run it with python train.py, or torchrun for several processes.`,
  );
}
