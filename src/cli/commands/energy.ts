import { readFile } from 'node:fs/promises';
import { compileEnergyAt } from '../../compiler/programs/compileEnergyAt';
import { decodeText } from '../../core/decodeText';
import { EnergyField } from '../../probing/energyField';
import type { GraphOptions } from '../applySettings';
import { engineFactory } from '../engines';
import { EXIT } from '../exitCodes';
import { CommandError } from '../failure';
import { jsonText } from '../json';
import type { Terminal } from '../output';
import { readGraph, requireSound } from '../readGraph';
import { readPoints } from '../readPoints';
import { readWeightsFile } from '../readWeightsFile';
import { unwrap } from '../unwrap';

interface EnergyOptions extends GraphOptions {
  readonly at: string;
  readonly weights?: string;
  readonly engine: string;
  readonly json?: boolean;
}

/** Points in one run of the program: more would only take more memory. */
const MOST_ROWS = 1024;

/** `basin energy GRAPH --weights W --at FILE`: F at given points, free variables that are not given inferred for each. */
export async function energyCommand(
  terminal: Terminal,
  source: string,
  options: EnergyOptions,
): Promise<void> {
  const analysis = requireSound(await readGraph(source, terminal, options), terminal);
  const bytes = await readFile(options.at).catch(() => {
    throw new CommandError(`The file of points “${options.at}” cannot be read.`, EXIT.usage);
  });
  const { given, count } = unwrap(terminal, readPoints(decodeText(bytes), analysis), EXIT.usage);
  const rows = Math.min(Math.max(count, 1), MOST_ROWS);
  const ports = given.map(({ port }) => port);
  const compiled = unwrap(terminal, compileEnergyAt(analysis, { given: ports, rows }), EXIT.usage);
  if (compiled.held.length > 0) {
    const missing = compiled.held.map(({ key }) => `“${key}”`).join(' and ');
    throw new CommandError(
      `error: The energies are computed from ${missing} as well, of which the file gives nothing. Name the ports: {"NODE.PORT": [[…], …], …}.`,
      EXIT.usage,
    );
  }
  const weights =
    options.weights === undefined
      ? null
      : await readWeightsFile(options.weights, analysis, terminal);
  if (weights === null)
    terminal.err('These are energies of the initial weights: there is no --weights.');

  const { engine } = unwrap(terminal, await engineFactory(options.engine)(), EXIT.engine);
  const field = await EnergyField.create(compiled, engine);
  field.setModel(weights?.state ?? null);
  const { energy } = await field.at(new Map(given.map(({ key, rows: values }) => [key, values])));
  field.dispose();
  engine.dispose();
  const energies = [...energy];
  if (options.json) terminal.out(jsonText({ energies }));
  else for (const value of energies) terminal.out(String(value));
}
