import { endOfOutput, main } from './main';
import { ProcessTerminal } from './processTerminal';

/** Runs the command line of this process, writes all that is to be written, and gives the exit code. */
export async function processMain(argv: readonly string[]): Promise<number> {
  const terminal = new ProcessTerminal();
  const exitCode = await main(argv, terminal);
  const fault = await terminal.flush();
  return fault !== null && exitCode === 0 ? endOfOutput(fault, terminal) : exitCode;
}
