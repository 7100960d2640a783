import { readFile } from 'node:fs/promises';
import type { Analysis } from '../compiler/analysis/analysis';
import { compileEvaluation } from '../compiler/programs/compileEvaluation';
import { compileGradients } from '../compiler/programs/compileGradients';
import type { StateSpec } from '../ir/types';
import {
  openWeights,
  readWeights,
  type ReadWeights,
  type WeightsFile,
} from '../interop/weightsFile';
import { EXIT } from './exitCodes';
import { CommandError } from './failure';
import type { Terminal } from './output';
import { unwrap } from './unwrap';

/**
 * `--weights FILE`: trained weights and statistics of the graph. The optimizer's state, and what else only a training step
 * reads, is passed over unless it is asked for, and may be missing.
 */
export async function readWeightsFile(
  file: string,
  analysis: Analysis,
  terminal: Terminal,
  { ofTraining = false } = {},
): Promise<ReadWeights> {
  const bytes = await readBytes(file);
  const { program } = unwrap(terminal, compileEvaluation(analysis), EXIT.graph);
  const needed = new Set(program.state.map(({ name }) => name));
  const more = ofTraining
    ? unwrap(terminal, compileGradients(analysis), EXIT.graph)
        .program.state.filter(({ name }) => !needed.has(name))
        .map((spec): StateSpec => ({ ...spec, purpose: 'optimizer' }))
    : [];
  const specs = [...program.state, ...more];
  return unwrap(terminal, readWeights(bytes, specs), EXIT.graph);
}

/** `--init FILE`: what training begins with, before anything is known of how it fits. */
export async function openWeightsFile(file: string, terminal: Terminal): Promise<WeightsFile> {
  return unwrap(terminal, openWeights(await readBytes(file)), EXIT.graph);
}

function readBytes(file: string): Promise<Uint8Array> {
  return readFile(file).catch(() => {
    throw new CommandError(`The weights file “${file}” cannot be read.`, EXIT.usage);
  });
}
