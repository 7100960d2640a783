/** Nothing more can be written to standard output. */
export class OutputError extends Error {
  override readonly name = 'OutputError';

  /** Whoever read it has left, as `head` does: no fault of anybody. */
  readonly isClosed: boolean;

  constructor(reason: Error) {
    super(`Standard output cannot be written: ${reason.message}`);
    this.isClosed = 'code' in reason && reason.code === 'EPIPE';
  }
}
