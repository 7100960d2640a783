import type { Result } from '../../core/result';
import type { App } from '../useApp';

/** Waits for a stored document to be opened, and shows why when it cannot be. */
export async function orRefuse(app: App, opening: Promise<Result<unknown>>): Promise<void> {
  const { ok, diagnostics } = await opening;
  if (!ok) app.page.setState({ dialog: { kind: 'refused', source: 'store', diagnostics } });
}
