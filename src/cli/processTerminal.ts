import { fstatSync, writeSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { Terminal } from './output';
import { OutputError } from './outputError';

const STDOUT = 1;

/** The terminal of this process. Where standard output takes nothing more, `out` throws an `OutputError` from then on. */
export class ProcessTerminal implements Terminal {
  private fault: OutputError | null = null;
  private readonly isFile = outputIsFile();

  constructor() {
    process.stdout.on('error', this.note);
    // Nobody is left to be told that nobody reads what they are told.
    process.stderr.on('error', () => undefined);
  }

  out(line: string): void {
    if (this.fault === null) this.write(Buffer.from(`${line}\n`));
    if (this.fault !== null) throw this.fault;
  }

  err(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  stdin(): Promise<Uint8Array> {
    return buffer(process.stdin);
  }

  /** Waits until all is written. The fault that came meanwhile, or null. */
  async flush(): Promise<OutputError | null> {
    for (const stream of [process.stdout, process.stderr]) {
      await new Promise<void>((resolve) => stream.write('', () => resolve()));
    }
    return this.fault;
  }

  private write(bytes: Buffer): void {
    try {
      if (!this.isFile) process.stdout.write(bytes);
      // A disk that fills up takes a part of the bytes first, which streams do not look at.
      else for (let at = 0; at < bytes.length;) at += writeSync(STDOUT, bytes, at);
    } catch (error) {
      this.note(error);
    }
    if (process.stdout.errored) this.note(process.stdout.errored);
  }

  private readonly note = (error: unknown): void => {
    this.fault ??= new OutputError(error instanceof Error ? error : new Error(String(error)));
  };
}

/** A file or a device such as `/dev/full`, not a pipe, a socket or a screen. */
function outputIsFile(): boolean {
  if (process.stdout.isTTY) return false;
  try {
    const found = fstatSync(STDOUT);
    return found.isFile() || found.isCharacterDevice();
  } catch {
    return false;
  }
}
