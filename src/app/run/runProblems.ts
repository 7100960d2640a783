import type { Diagnostic } from '../../core/diagnostic';
import type { DiagnosticCode } from '../../core/diagnosticCodes';
import type { RunStore } from '../../panels/run/runStore';

const PROBLEMS_SHOWN = 4;

/** As warnings: something broke, and the run goes on. */
const RECOVERIES: ReadonlySet<DiagnosticCode> = new Set([
  'run.device-lost',
  'run.worker-replaced',
  'run.probes-replaced',
] as const);

/** What the user is told about a run, until it is dismissed or overtaken. */
export class RunProblems {
  private count = 0;

  constructor(private readonly run: RunStore) {}

  /** A divergence is more than a message: it outlives the one that tells of it. */
  tell(diagnostics: readonly Diagnostic[]): void {
    if (diagnostics.length === 0) return;
    const divergence = diagnostics.find(
      ({ code, severity }) => code === 'run.non-finite' && severity === 'error',
    );
    if (divergence) this.run.setState({ divergence });
    this.run.setState(({ problems }) => {
      const kept = problems.filter((old) => !diagnostics.some((found) => isNewsOf(found, old)));
      const added = diagnostics.map((found) => ({ ...found, id: ++this.count }));
      return { problems: [...kept, ...added].slice(-PROBLEMS_SHOWN) };
    });
  }

  dismiss(problemId: number): void {
    this.run.setState(({ problems }) => ({
      problems: problems.filter(({ id }) => id !== problemId),
    }));
  }

  /** Something newer is told in its place. */
  overtake(code: string): void {
    const { problems } = this.run.getState();
    const left = problems.filter((problem) => problem.code !== code);
    if (left.length < problems.length) this.run.setState({ problems: left });
  }

  /** The run goes on: what stopped it is past. */
  overcome(): void {
    this.run.setState(({ problems }) => ({
      problems: problems.filter(({ code }) => !code.startsWith('run.')),
      divergence: null,
    }));
  }
}

/** What was lost and replaced is told of as it is by now: where the run goes on from says all that an earlier message did. */
function isNewsOf(found: Diagnostic, old: Diagnostic): boolean {
  const isRecovery = found.severity === 'warning' && RECOVERIES.has(found.code);
  return (
    sameProblem(old, found) || (isRecovery && found.code === old.code && old.severity === 'warning')
  );
}

/** An exception as something to tell. */
export function failure(what: string, error: unknown): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'run.failed',
    severity: 'error',
    message: `${what} on an unexpected failure: ${message}`,
    hint: 'Run again; your graph is saved.',
  };
}

export function sameProblem(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && a.message === b.message && a.nodeId === b.nodeId;
}
