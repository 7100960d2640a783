import '../core/withoutEval';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { defined } from '../core/invariant';
import { muteComposing } from '../editor/shortcuts/muteComposing';
import { createApp } from './createApp';
import { ErrorBoundary, Failure } from './ErrorBoundary';
import './global.css';
import { Page } from './Page';
import './theme/tokens.css';

muteComposing(window);

/** A message that goes by itself. */
function say(message: string): void {
  void import('sonner').then(({ toast }) => toast(message));
}

const root = createRoot(defined(document.getElementById('root'), 'the root element'));

try {
  const started = await createApp(say);
  root.render(
    <StrictMode>
      <ErrorBoundary onSave={started.app.saveFile}>
        <Page {...started} />
      </ErrorBoundary>
    </StrictMode>,
  );
} catch (error) {
  console.error(error);
  root.render(<Failure error={error instanceof Error ? error : new Error(String(error))} />);
}
