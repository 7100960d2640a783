import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import { trainingSchema } from '../document/schema';
import { SWEEP_LIMITS } from '../runs/sweepDefinition';
import { checkCommand } from './commands/check';
import { nodesCommand, schemaCommand, templatesCommand } from './commands/catalogue';
import { compileCommand, PRINTS } from './commands/compile';
import { energyCommand } from './commands/energy';
import { exportCommand, EXPORT_TARGETS } from './commands/export';
import { probeCommand } from './commands/probe';
import { sampleCommand } from './commands/sample';
import { linkCommand, openCommand } from './commands/share';
import { sweepCommand } from './commands/sweep';
import { trainCommand } from './commands/train';
import { AUTOMATIC, engineChoices } from '../engine/engines';
import { OutOfMemoryError } from '../engine/outOfMemoryError';
import { EXIT } from './exitCodes';
import { CommandError, printFailure } from './failure';
import { numberWithin, type NumberRange } from './numberWithin';
import type { Terminal } from './output';
import { OutputError } from './outputError';

const ORDERS = ['grid', 'random'] as const;

const { steps, batchSize, seed } = trainingSchema.shape;
const STEPS = numberWithin(rangeOf(steps));
const BATCH = numberWithin(rangeOf(batchSize));
const SEED = numberWithin(rangeOf(seed));
const RHYTHM = numberWithin({ from: 1 });
/** More would not fit into one JSON value. */
const SAMPLES = numberWithin({ from: 1, to: 1e6 });
const SEEDS = numberWithin({ from: 1, to: SWEEP_LIMITS.seeds });
const TRIALS = numberWithin({ from: 1 });

/** Runs one command line and gives its exit code (docs/command-line.md): the composition root of the command line. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = buildProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    if (error instanceof OutputError) return endOfOutput(error, terminal);
    const failure = failureOf(error);
    if (failure === null) throw error;
    // Commander has told what it found.
    if (!(error instanceof CommanderError)) terminal.err(failure.message);
    if (argv.includes('--json')) printFailure(terminal, failure);
    return failure.exitCode;
  }
}

/** The exit code where nothing more can be written. Whoever has read enough, as `head` has, is told nothing. */
export function endOfOutput({ isClosed, message }: OutputError, terminal: Terminal): number {
  if (isClosed) return EXIT.outputClosed;
  terminal.err(message);
  return EXIT.usage;
}

/** What a user or the machine is at fault for; null for what is ours. */
function failureOf(error: unknown): CommandError | null {
  if (error instanceof CommandError) return error;
  // The system refused something: a file, a folder, a device.
  if (error instanceof Error && 'syscall' in error) {
    return new CommandError(error.message, EXIT.usage);
  }
  if (error instanceof OutOfMemoryError) return CommandError.of([error.diagnostic], EXIT.engine);
  return error instanceof CommanderError ? new CommandError(error.message, EXIT.usage) : null;
}

/** All commands, with their options. `finish` takes an exit code that is not 0. */
export function buildProgram(terminal: Terminal, finish: (exitCode: number) => void): Command {
  const engines = engineChoices();
  const program = new Command('basin')
    .description(
      'Compose, check, train and probe energy-based models. GRAPH is a file, a template, or -',
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });

  program
    .command('templates')
    .description('list the templates that ship with Basin')
    .option('--json', 'print JSON')
    .action((options) => templatesCommand(terminal, options));
  program
    .command('nodes')
    .description('list the kinds of nodes')
    .option('--json', 'print JSON, with the parameters as JSON Schema')
    .action((options) => nodesCommand(terminal, options));
  program
    .command('schema')
    .description('print the JSON Schema of documents')
    .action(() => schemaCommand(terminal));
  graphOptions(program.command('check'))
    .description('validate a graph, infer its shapes, and say what can collapse')
    .option('--json', 'print JSON')
    .action(async (graph, options) => finish(await checkCommand(terminal, graph, options)));
  graphOptions(program.command('compile'))
    .description('compile a graph to a training step')
    .option('--print <what>', PRINTS.join(', '), oneOf(PRINTS), 'plan')
    .option('--json', 'print JSON')
    .action((graph, options) => compileCommand(terminal, graph, options));
  graphOptions(program.command('train'))
    .description('train a graph')
    .option('--steps <n>', 'number of steps (the document’s when left out)', STEPS)
    .option('--engine <name>', engines.join(', '), oneOf(engines), AUTOMATIC)
    .option('--every <k>', 'report every k steps', RHYTHM, 10)
    .option(
      '--weights <file>',
      'write the weights as safetensors, with all that a run goes on from',
    )
    .option('--save-every <k>', 'write them every k steps too', RHYTHM)
    .option('--init <file>', 'start from weights in a safetensors file; an unfinished run goes on')
    .option('--init-partial', 'take of them what fits by name and shape, and begin at step 0')
    .option('--json', 'print JSON Lines')
    .action(async (graph, options) => finish(await trainCommand(terminal, graph, options)));
  graphOptions(program.command('probe'))
    .description('diagnose trained weights on held-out data')
    .requiredOption('--weights <file>', 'a safetensors file written by train')
    .option('--efficiency', 'also fit each probe on 1, 3, 10, 30 and 100 % of the labels')
    .option('--engine <name>', engines.join(', '), oneOf(engines), AUTOMATIC)
    .option('--json', 'print JSON')
    .action((graph, options) => probeCommand(terminal, graph, options));
  graphOptions(program.command('energy'))
    .description('energies of given points, latents inferred as the graph says')
    .requiredOption('--at <file>', 'points as JSON: [[…], …], or {"NODE.PORT": [[…], …], …}')
    .option('--weights <file>', 'a safetensors file written by train (initial weights without it)')
    .option('--engine <name>', engines.join(', '), oneOf(engines), AUTOMATIC)
    .option('--json', 'print JSON')
    .action((graph, options) => energyCommand(terminal, graph, options));
  graphOptions(program.command('sample'))
    .description('a port with latents drawn from their prior and samplers run')
    .requiredOption('--port <node.port>', 'what to sample')
    .requiredOption('--count <n>', 'number of samples', SAMPLES)
    .option('--weights <file>', 'a safetensors file written by train (initial weights without it)')
    .option('--engine <name>', engines.join(', '), oneOf(engines), AUTOMATIC)
    .option('--json', 'print JSON')
    .action((graph, options) => sampleCommand(terminal, graph, options));
  graphOptions(program.command('sweep'))
    .description('train a graph at every combination of values, with one line for each')
    .requiredOption(
      '--over <node.param=values>',
      'a,b,c or FROM..TO/COUNT or FROM..TO/COUNT/log; NODE.bypassed and training.SETTING too; may be repeated',
      repeated,
      [],
    )
    .option('--seeds <n>', 'train each with so many seeds, from the document’s on', SEEDS, 1)
    .option('--steps <n>', 'steps of each (the document’s when left out)', STEPS)
    .option('--metric <name>', 'a number to print, such as loss; may be repeated', repeated, [])
    .option('--order <order>', ORDERS.join(', '), oneOf(ORDERS), 'grid')
    .option('--trials <n>', 'end after so many', TRIALS)
    .option('--out <dir>', 'keep the runs there, and go on with what is there')
    .option('--engine <name>', engines.join(', '), oneOf(engines), 'tfjs')
    .option('--json', 'print JSON Lines')
    .action((graph, options) => sweepCommand(terminal, graph, options));
  graphOptions(program.command('export'))
    .description('write a graph as a program of another system')
    .requiredOption('--to <system>', EXPORT_TARGETS.join(', '), oneOf(EXPORT_TARGETS))
    .requiredOption('-o, --output <dir>', 'a folder, made where there is none')
    .option('--sweep', 'also the sweep over --over, as an Optuna study')
    .option('--over <node.param=values>', 'as in sweep; may be repeated', repeated, [])
    .option('--seeds <n>', 'with --sweep: each with so many seeds', SEEDS, 1)
    .option('--steps <n>', 'with --sweep: steps of each', STEPS)
    .option('--order <order>', ORDERS.join(', '), oneOf(ORDERS), 'grid')
    .option(
      '--trials <n>',
      'with --sweep: of each worker, unless it is told another number',
      TRIALS,
    )
    .option('--json', 'print JSON')
    .action((graph, options) => exportCommand(terminal, graph, options));
  graphOptions(program.command('link'))
    .description('encode a graph as a share link')
    .option('--base <url>', 'address of the page, to go before the #')
    .option('--json', 'print JSON')
    .action((graph, options) => linkCommand(terminal, graph, options));
  program
    .command('open <url>')
    .description('decode a share link')
    .option('-o, --output <file>', 'write the document to a file')
    .action((url, options) => openCommand(terminal, url, options));
  for (const { options } of program.commands) {
    for (const option of options) if (option.required && !option.parseArg) option.argParser(word);
  }
  return program;
}

/** The value of an option that says no more of it: a file that is called as an option is rather one that was forgotten. */
function word(text: string): string {
  if (text !== '' && !text.startsWith('--')) return text;
  throw new InvalidArgumentError('It is missing. A file of such a name is written as ./--name.');
}

/** GRAPH and the options that change it before use. */
function graphOptions(command: Command): Command {
  return command
    .argument('<graph>', 'a file, the slug of a template, or - for standard input')
    .option('--seed <s>', 'the document’s seed', SEED)
    .option('--batch <b>', 'the batch size', BATCH)
    .option(
      '--set <node.param=value>',
      'set a parameter of a node, or of “training”; may be repeated',
      repeated,
      [],
    )
    .option('--data <node=file>', 'the file of a node for own data; may be repeated', repeated, []);
}

function repeated(value: string, before: string[]): string[] {
  return [...before, value];
}

/** What the schema of documents takes. */
function rangeOf({ minValue, maxValue }: z.ZodNumber): NumberRange {
  return { from: minValue ?? 0, ...(maxValue === null ? {} : { to: maxValue }) };
}

function oneOf<const T extends readonly string[]>(choices: T): (text: string) => T[number] {
  return (text) => {
    const choice = choices.find((name) => name === text);
    if (choice === undefined) {
      throw new InvalidArgumentError(`One of ${choices.join(', ')} is expected.`);
    }
    return choice;
  };
}
