import type { Diagnostic } from '../core/diagnostic';
import { formatBytes } from '../core/formatNumber';

/** What is known of a lack of memory. Sizes in bytes. */
export interface MemoryShortage {
  /** What needs memory, with its verb: the beginning of a sentence that ends with the size, or a whole one. */
  readonly subject: string;
  /** Null where nobody says. */
  readonly needs: number | null;
  /** What there is, and where: `WebAssembly`, `one buffer of this GPU`. Null where only an attempt tells. */
  readonly limit: { readonly bytes: number; readonly where: string } | null;
  /** The node whose array is the largest. */
  readonly nodeId?: string;
}

/** A program needs more memory than an engine has. `diagnostic` says so in the user's terms, as does the message. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';

  readonly diagnostic: Diagnostic;

  constructor(shortage: MemoryShortage) {
    const diagnostic = shortageDiagnostic(shortage);
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

const SMALLER = 'Lower the batch size, the widths of the modules or the number of samples';

/** `run.out-of-memory`: how much is needed, how much there is, and what to lower. No other engine is advised: it may have less. */
export function shortageDiagnostic({ subject, needs, limit, nodeId }: MemoryShortage): Diagnostic {
  const size = needs === null ? '' : ` ${formatBytes(needs)}`;
  const there = limit === null ? '' : `; ${limit.where} has at most ${formatBytes(limit.bytes)}`;
  return {
    code: 'run.out-of-memory',
    severity: 'error',
    message: `${subject}${size}${there}.`,
    hint: `${SMALLER}.`,
    ...(nodeId === undefined ? {} : { nodeId }),
  };
}

/** The same with an engine that has room, by its label. */
export function withWayOut(shortage: Diagnostic, label: string | null): Diagnostic {
  if (label === null) return shortage;
  return { ...shortage, hint: `${SMALLER}, or choose the engine ${label}, whose limits it keeps.` };
}

/** Whether an error of JavaScript says that memory could not be had. */
export function isAllocationFailure(error: unknown): boolean {
  return (
    error instanceof RangeError &&
    /allocat|array (buffer )?length|out of memory|could not grow/i.test(error.message)
  );
}
