import { readFile } from 'node:fs/promises';
import type { Analysis } from '../compiler/analysis/analysis';
import { isOptimizerState } from '../compiler/optimizer/optimize';
import { compileEvaluation } from '../compiler/programs/compileEvaluation';
import { readWeights, type ReadWeights } from '../interop/weightsFile';
import { EXIT } from './exitCodes';
import { CommandError } from './failure';
import type { Terminal } from './output';
import { unwrap } from './unwrap';

/** `--weights FILE`: trained weights and statistics of the graph; the optimizer's state is passed over. */
export async function readWeightsFile(
  file: string,
  analysis: Analysis,
  terminal: Terminal,
): Promise<ReadWeights> {
  const bytes = await readFile(file).catch(() => {
    throw new CommandError(`The weights file “${file}” cannot be read.`, EXIT.usage);
  });
  const { program } = unwrap(terminal, compileEvaluation(analysis), EXIT.graph);
  return unwrap(terminal, readWeights(bytes, program.state, isOptimizerState), EXIT.graph);
}
