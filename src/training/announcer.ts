import type { Diagnostic } from '../core/diagnostic';
import { invariant } from '../core/invariant';
import type { SessionEvent, SessionState, Snapshot } from './sessionState';
import { copySnapshot } from './snapshots';
import { TRANSITIONS } from './transitions';

/** Keeps the state of a session and tells its listener what happens, until it is closed. */
export class Announcer {
  private current: SessionState = 'idle';
  private closed = false;
  private emittedAt = -Infinity;
  private emittedStep: number | null = null;

  constructor(
    private readonly emit: (event: SessionEvent) => void,
    private readonly now: () => number,
  ) {}

  get state(): SessionState {
    return this.current;
  }

  /** No event comes any more. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** When the last snapshot was told. */
  get snapshotAt(): number {
    return this.emittedAt;
  }

  enter(next: SessionState, step: number): void {
    invariant(
      TRANSITIONS[this.current].includes(next),
      `a session goes from ${this.current} to ${next}`,
    );
    this.current = next;
    this.send({ kind: 'state', state: next, step });
  }

  report(diagnostics: readonly Diagnostic[]): void {
    if (diagnostics.length > 0) this.send({ kind: 'diagnostics', diagnostics });
  }

  /** Tells of a snapshot, once for each step. */
  snapshot(snapshot: Snapshot): void {
    if (this.emittedStep === snapshot.step) return;
    this.emittedStep = snapshot.step;
    this.emittedAt = this.now();
    this.send({ kind: 'snapshot', snapshot: copySnapshot(snapshot) });
  }

  /** The weights of a step that was told of have changed: it is told of again. */
  forgetSnapshot(): void {
    this.emittedStep = null;
  }

  send(event: SessionEvent): void {
    if (!this.closed) this.emit(event);
  }

  /** From here on nothing is told. */
  close(): void {
    this.closed = true;
  }

  /** After `close`, once nothing is under way any more. */
  rest(): void {
    this.current = 'idle';
  }
}
