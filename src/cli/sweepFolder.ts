import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, sameJson } from '../document/canonical';
import { readDocument } from '../document/read';
import { readRunFile, writeRunFile, type WholeRun } from '../runs/runFile';
import { sweepSchema, type SweepDefinition } from '../runs/sweepDefinition';
import { EXIT } from './exitCodes';
import { CommandError } from './failure';
import { writeOutput } from './outputFile';

const DEFINITION = 'sweep.json';
const TRIALS = 'trials';
/** As a message begins. */
const WHAT = 'The sweep';
const ALL = 'sweep.basin-runs.zip';

/** Where a sweep is kept on disk: its definition, a file for each finished trial, and in the end one with all of them. */
export class SweepFolder {
  private constructor(
    private readonly path: string,
    readonly sweep: SweepDefinition,
  ) {}

  /** Makes the folder, or goes on with it where it holds the same sweep; another one is left alone. */
  static async open(path: string, asked: SweepDefinition): Promise<SweepFolder> {
    await mkdir(join(path, TRIALS), { recursive: true }).catch((error: unknown) => {
      throw new CommandError(`“${path}” cannot be written to: ${String(error)}`, EXIT.usage);
    });
    const file = join(path, DEFINITION);
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) {
      await writeOutput(file, canonicalJson(asked), WHAT);
      return new SweepFolder(path, asked);
    }
    const kept = readDefinition(text);
    if (kept === null || !sameSweep(kept, asked)) {
      const message = `“${path}” holds another sweep, or a damaged one: choose an empty folder, or give the options that it was begun with.`;
      throw new CommandError(message, EXIT.usage);
    }
    return new SweepFolder(path, kept);
  }

  /** A trial that was finished before; null when it was not, or its file is damaged. */
  async read(trial: number): Promise<WholeRun | null> {
    const bytes = await readFile(this.fileOf(trial)).catch(() => null);
    if (bytes === null) return null;
    const read = readRunFile(bytes, `trial ${trial + 1}`);
    const run = read.ok ? read.value.runs[0] : undefined;
    return run?.record.trial?.sweepId === this.sweep.id ? run : null;
  }

  async write(run: WholeRun): Promise<void> {
    const trial = run.record.trial?.trial ?? 0;
    await writeOutput(
      this.fileOf(trial),
      writeRunFile({ runs: [run], sweeps: [this.sweep] }),
      WHAT,
    );
  }

  /** Puts all trials into one file; its path. */
  async finish(): Promise<string> {
    const runs: WholeRun[] = [];
    for (const name of (await readdir(join(this.path, TRIALS))).sort()) {
      const read = readRunFile(await readFile(join(this.path, TRIALS, name)), name);
      if (read.ok) runs.push(...read.value.runs);
    }
    const file = join(this.path, ALL);
    await writeOutput(file, writeRunFile({ runs, sweeps: [this.sweep] }), WHAT);
    return file;
  }

  private fileOf(trial: number): string {
    return join(this.path, TRIALS, `${String(trial + 1).padStart(5, '0')}.zip`);
  }
}

function readDefinition(text: string): SweepDefinition | null {
  try {
    const parsed = sweepSchema.safeParse(JSON.parse(text));
    const document = parsed.success ? readDocument(parsed.data.document) : null;
    return parsed.success && document?.ok ? { ...parsed.data, document: document.value } : null;
  } catch {
    return null;
  }
}

/** Name and time are of the folder, not of what is trained. */
function sameSweep(kept: SweepDefinition, asked: SweepDefinition): boolean {
  const { id, created, name } = kept;
  return sameJson(kept, { ...asked, id, created, name });
}
