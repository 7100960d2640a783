import '../core/withoutEval';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './boot.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { defined } from '../core/invariant';
import { ComingPart } from '../core/watch/comingPart';
import { muteComposing } from '../editor/shortcuts/muteComposing';
import { saveDocument } from './documents/saveDocument';
import { ErrorBoundary, Failure } from './ErrorBoundary';
import { openFirstView } from './firstView';
import { outliveForeignText } from './foreignText';
import './global.css';
import type { Later } from './later';
import { NotLoaded } from './later/NotLoaded';
import { Page } from './Page';
import './theme/tokens.css';

muteComposing(window);
outliveForeignText(document);

const root = createRoot(defined(document.getElementById('root'), 'the root element'));

// No module waits for this: what comes later imports what is here, and would wait for ever.
void start();

async function start(): Promise<void> {
  try {
    const first = await openFirstView();
    // Its code comes while the graph is drawn.
    const rest = new ComingPart('The rest of the page', () => import('./later'));
    let later: Later | null = null;
    const show = (): void => {
      const coming = rest.current();
      if (coming.state === 'here') later ??= coming.value.startLater(first);
      root.render(
        <StrictMode>
          <ErrorBoundary onBreak={first.attempts.blame} onSave={() => saveDocument(first.editor)}>
            <Page first={first} later={later} waiting={<NotLoaded coming={coming} />} />
          </ErrorBoundary>
        </StrictMode>,
      );
    };
    show();
    rest.subscribe(() => orFail(show));
    // Said where the top bar would be.
    rest.ask().catch(() => undefined);
  } catch (error) {
    fail(error);
  }
}

function orFail(action: () => void): void {
  try {
    action();
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  console.error(error);
  root.render(<Failure error={error instanceof Error ? error : new Error(String(error))} />);
}
