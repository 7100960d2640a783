import type { Result } from '../../core/result';
import { plural } from '../../core/formatNumber';
import { ComingPart } from '../../core/watch/comingPart';
import { download, fileName } from '../../panels/download';
import { curveChunks } from '../../runs/curveChunks';
import type { RunFile, WholeRun } from '../../runs/runFile';
import { runGroup } from '../../runs/runGroup';
import type { OpenableFile } from '../open/openableFile';
import type { RunArchive } from '../persistence/runArchive';
import type { RunFaults } from './runFaults';
import type { RunRecorder } from './runRecorder';

/** A file, as far as runs are read from it. */
export type RunFileSource = OpenableFile;

const OPENING_BRACE = 0x7b;

/** A larger file is not even read. */
const MOST_FILE_BYTES = 5e8;

export interface RunTransferOptions {
  readonly archive: RunArchive;
  readonly recorder: Pick<RunRecorder, 'flush'>;
  readonly faults: RunFaults;
  say(message: string): void;
}

/** Runs out of the archive into a file, and back. */
export class RunTransfer {
  constructor(private readonly options: RunTransferOptions) {}

  save(ids: readonly string[]): Promise<void> {
    const { archive, recorder, faults } = this.options;
    return faults.attempt('The runs cannot be saved', async () => {
      await recorder.flush();
      const runs: WholeRun[] = [];
      for (const id of ids) runs.push(...(await this.whole(id)));
      const [first] = runs;
      if (first === undefined) return;
      const sweepIds = new Set(runs.flatMap(({ record }) => record.trial?.sweepId ?? []));
      const sweeps = faults.value(await archive.sweeps()) ?? [];
      const { writeRunFile } = await runFiles.ask();
      const bytes = writeRunFile({ runs, sweeps: sweeps.filter(({ id }) => sweepIds.has(id)) });
      const title = runs.length === 1 ? first.record.name : plural(runs.length, 'run');
      download(fileName(title, 'basin-runs.zip'), new Blob([bytes], { type: 'application/zip' }));
    });
  }

  /** Takes in the runs of a file that are not in the archive yet. */
  takeIn(file: RunFileSource): Promise<void> {
    const { archive, faults, say } = this.options;
    const what = `“${file.name}”`;
    return faults.attempt(`${what} cannot be read`, async () => {
      if (file.size > MOST_FILE_BYTES) {
        const message = `${what} is larger than any file of runs.`;
        return faults.tell({ code: 'runs.not-readable', severity: 'error', message });
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      const content = faults.value(await readRuns(bytes, what));
      if (content === null) return;
      const known = new Set((faults.value(await archive.list()) ?? []).map(({ id }) => id));
      let taken = 0;
      for (const run of content.runs) {
        if (known.has(run.record.id)) continue;
        if (!(await this.keep(run))) return;
        taken++;
      }
      for (const sweep of content.sweeps) faults.value(await archive.keepSweep(sweep));
      const already = content.runs.length - taken;
      const rest =
        already === 0
          ? ''
          : ` ${plural(already, 'run')} of it ${already === 1 ? 'is' : 'are'} here already.`;
      say(`Took in ${plural(taken, 'run')} from ${what}.${rest}`);
    });
  }

  private async whole(id: string): Promise<WholeRun[]> {
    const { archive, faults } = this.options;
    const record = faults.value(await archive.list())?.find((run) => run.id === id);
    const history = faults.value(await archive.history(id));
    const reports = faults.value(await archive.reports(id));
    const state = faults.value(await archive.state(id));
    return record && history && reports ? [{ record, history, reports, state }] : [];
  }

  private async keep({ record, history, reports, state }: WholeRun): Promise<boolean> {
    const { archive, faults } = this.options;
    const { document, engine, checkpoint } = record;
    const kept = await archive.keep({
      record: { ...record, group: runGroup(document, engine?.name ?? null), curve: history.head },
      isNew: true,
      chunks: curveChunks(history, 0),
      replacesCurve: true,
      reports,
      droppedReports: [],
      checkpoint: state !== null && checkpoint !== null ? { info: checkpoint, state } : null,
    });
    return faults.value(kept) !== null;
  }
}

/** A zip file of runs, or the lines that a sweep of PyTorch scripts has written. */
async function readRuns(bytes: Uint8Array, what: string): Promise<Result<RunFile>> {
  if (bytes[0] !== OPENING_BRACE) return (await runFiles.ask()).readRunFile(bytes, what);
  const [{ readTrialLines }, { registry }] = await trialFiles.ask();
  return readTrialLines(new TextDecoder().decode(bytes), what, registry);
}

/** Packing and unpacking is for those who do it. */
const runFiles = new ComingPart(
  'What reads and writes files of runs',
  () => import('../../runs/runFile'),
);

const trialFiles = new ComingPart('What reads the lines of a sweep', () =>
  Promise.all([import('../../sweeps/pytorch/trialLines'), import('../../../nodes/index')]),
);
