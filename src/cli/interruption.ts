import { SIGNAL_EXIT } from './exitCodes';

type EndingSignal = keyof typeof SIGNAL_EXIT;

const SIGNALS = Object.keys(SIGNAL_EXIT) as EndingSignal[];

/** Hears of Ctrl+C, or of being asked to end: the first time it may come to rest, the second ends the process as ever. */
export class Interruption {
  /** What came; null before. */
  signal: EndingSignal | null = null;

  constructor(private readonly rest: () => void) {
    for (const signal of SIGNALS) process.once(signal, this.hear);
  }

  dispose(): void {
    for (const signal of SIGNALS) process.off(signal, this.hear);
  }

  private readonly hear = (signal: string): void => {
    this.signal = SIGNALS.find((name) => name === signal) ?? null;
    this.dispose();
    this.rest();
  };
}
