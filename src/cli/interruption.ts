const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Hears of Ctrl+C, or of being asked to end: the first time it may come to rest, the second ends the process as ever. */
export class Interruption {
  /** What came; null before. */
  signal: string | null = null;

  constructor(private readonly rest: () => void) {
    for (const signal of SIGNALS) process.once(signal, this.hear);
  }

  dispose(): void {
    for (const signal of SIGNALS) process.off(signal, this.hear);
  }

  private readonly hear = (signal: string): void => {
    this.signal = signal;
    this.dispose();
    this.rest();
  };
}
