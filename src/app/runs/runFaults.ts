import type { Diagnostic } from '../../core/diagnostic';
import type { Result } from '../../core/result';
import type { RunsStore } from '../../panels/runs/runsStore';

/** What went wrong with runs is told in the store of the page; nothing is thrown at whoever asked. */
export class RunFaults {
  constructor(private readonly runs: RunsStore) {}

  /** The archive takes no runs, or takes them again: null. */
  tell(fault: Diagnostic | null): void {
    this.runs.setState({ fault });
  }

  /** The value, or null after its fault has been told. */
  value<T>(result: Result<T>): T | null {
    const [fault] = result.diagnostics;
    if (fault !== undefined) this.tell(fault);
    return result.ok ? result.value : null;
  }

  async attempt(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const message = `${what}: ${error instanceof Error ? error.message : String(error)}`;
      this.tell({ code: 'run.failed', severity: 'error', message });
    }
  }
}
