import { whileAwake } from './awakeTime';

/** Silence that is worth a word, in milliseconds. */
export const PATIENCE_MS = 10_000;
/** Silence after which nobody is there any more. */
export const HOPELESS_MS = 300_000;
/** A sign of life is asked for this often. */
const PING_MS = 2000;

/**
 * Somebody has been as long without a sign before and came back: a step of a heavy model may take half a minute, and is no fault the
 * second time. So patience grows with the longest silence that ended.
 */
const PATIENCE_OF_LONGEST = 3;
const HOPELESS_OF_LONGEST = 10;

export interface WatchdogOptions {
  /** Asks for a sign of life. */
  ping(): void;
  /** Nothing has come for longer than is usual. */
  onSilent(): void;
  /** It is heard of again, or nobody waits for it any more. Follows an `onSilent`. */
  onHeard(): void;
  /** Nothing has come for so long that nothing will. */
  onHopeless(): void;
}

/**
 * Waits with somebody who cannot be looked at, a worker say, and says when nothing is heard.
 *
 * A thread that computes sends no heartbeat, so silence alone proves nothing: it is told of after `PATIENCE_MS`, and only after
 * `HOPELESS_MS`, in which no step of anything that is worth waiting for ends, is it taken for dead. In between it is for the user to say.
 */
export class Watchdog {
  private stop: (() => void) | null = null;
  private silent = 0;
  private longest = 0;
  private sincePing = 0;
  private isTold = false;

  constructor(private readonly options: WatchdogOptions) {}

  /** From now on something is to be heard. */
  begin(): void {
    if (this.stop !== null) return;
    this.silent = 0;
    this.sincePing = 0;
    this.stop = whileAwake((elapsed) => this.pass(elapsed));
    this.options.ping();
  }

  /** Nothing is waited for any more. */
  end(): void {
    this.stop?.();
    this.stop = null;
    this.calm();
  }

  /** A sign of life. */
  heard(): void {
    if (this.stop === null) return;
    this.longest = Math.max(this.longest, this.silent);
    this.silent = 0;
    this.calm();
  }

  private pass(elapsed: number): void {
    const { ping, onSilent, onHopeless } = this.options;
    this.silent += elapsed;
    this.sincePing += elapsed;
    if (this.sincePing >= PING_MS) {
      this.sincePing = 0;
      ping();
    }
    if (!this.isTold && this.silent > Math.max(PATIENCE_MS, PATIENCE_OF_LONGEST * this.longest)) {
      this.isTold = true;
      onSilent();
    }
    if (this.silent > Math.max(HOPELESS_MS, HOPELESS_OF_LONGEST * this.longest)) onHopeless();
  }

  private calm(): void {
    if (!this.isTold) return;
    this.isTold = false;
    this.options.onHeard();
  }
}
