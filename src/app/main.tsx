import '../core/withoutEval';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './boot.css';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { defined } from '../core/invariant';
import { muteComposing } from '../editor/shortcuts/muteComposing';
import { saveDocument } from './documents/saveDocument';
import { ErrorBoundary, Failure } from './ErrorBoundary';
import { openFirstView } from './firstView';
import { outliveForeignText } from './foreignText';
import './global.css';
import type { Later } from './later';
import { NotLoaded } from './NotLoaded';
import { Page } from './Page';
import './theme/tokens.css';

muteComposing(window);
outliveForeignText(document);

/** A message that goes by itself. */
function say(message: string): void {
  void import('sonner').then(({ toast }) => toast(message));
}

const root = createRoot(defined(document.getElementById('root'), 'the root element'));

// No module waits for this: what comes later imports what is here, and would wait for ever.
void start();

async function start(): Promise<void> {
  try {
    const first = await openFirstView();
    const show = (later: Later | null, waiting?: ReactNode): void =>
      root.render(
        <StrictMode>
          <ErrorBoundary onBreak={first.attempts.blame} onSave={() => saveDocument(first.editor)}>
            <Page first={first} later={later} waiting={waiting} />
          </ErrorBoundary>
        </StrictMode>,
      );
    show(null);
    // Its code comes while the graph is drawn.
    import('./later').then(
      ({ startLater }) => show(startLater(first, say)),
      (error: unknown) => {
        console.error(error);
        show(null, <NotLoaded />);
      },
    );
  } catch (error) {
    console.error(error);
    root.render(<Failure error={error instanceof Error ? error : new Error(String(error))} />);
  }
}
