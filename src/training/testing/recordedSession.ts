import { metricName } from '../../compiler/metrics';
import type { DiagnosticCode } from '../../core/diagnosticCodes';
import { success } from '../../core/result';
import { TrainingSession, type SessionOptions } from '../session';
import type { SessionEvent, SessionState, Snapshot } from '../sessionState';
import { quadraticTraining } from './quadraticTraining';
import { UnreliableEngines } from './unreliableEngine';

/** What a session has told. */
export class Recorder {
  readonly events: SessionEvent[] = [];
  readonly emit = (event: SessionEvent): void => void this.events.push(event);

  get states(): SessionState[] {
    return this.events.flatMap((event) => (event.kind === 'state' ? [event.state] : []));
  }
  get codes(): DiagnosticCode[] {
    return this.diagnostics.map(({ code }) => code);
  }
  get diagnostics() {
    return this.events.flatMap((event) => (event.kind === 'diagnostics' ? event.diagnostics : []));
  }
  get snapshots(): Snapshot[] {
    return this.events.flatMap((event) => (event.kind === 'snapshot' ? [event.snapshot] : []));
  }
  /** Step → loss; the last report of a step counts. */
  get losses(): Map<number, number> {
    const losses = new Map<number, number>();
    for (const event of this.events) {
      if (event.kind !== 'metrics') continue;
      const { names, firstStep, rows, values } = event.rows;
      for (let row = 0; row < rows; row++) {
        const value = values[row * names.length + names.indexOf(metricName({ kind: 'loss' }))];
        losses.set(firstStep + row, value ?? NaN);
      }
    }
    return losses;
  }
}

/** A session of the quadratic training on engines that may fail, with what it tells. */
export function makeSession(
  options: Partial<SessionOptions> = {},
  engines = new UnreliableEngines(),
) {
  const recorder = new Recorder();
  const session = new TrainingSession({
    prepare: () => Promise.resolve(success(quadraticTraining())),
    engineFactory: engines.factory,
    totalSteps: 100,
    evaluateEvery: 10,
    emit: recorder.emit,
    wait: () => Promise.resolve(),
    ...options,
  });
  return { session, recorder, engines };
}

/** Step → loss of a whole run. */
export async function finishedLosses(
  options: Partial<SessionOptions> = {},
): Promise<Map<number, number>> {
  const { session, recorder } = makeSession(options);
  await session.open();
  session.run();
  await session.whenStopped();
  return recorder.losses;
}
