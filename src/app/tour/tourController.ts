import type { PageStore } from '../page/pageStore';
import type { Preferences } from '../preferences';

export interface TourControllerOptions {
  readonly page: PageStore;
  readonly preferences: Preferences;
}

const SEEN = 'tour';

/** Leads a first visit through the page once: it begins when the gallery of the first visit has closed, and never by itself again. */
export class TourController {
  private readonly unsubscribe: () => void;

  constructor(private readonly options: TourControllerOptions) {
    const { page, preferences } = options;
    this.unsubscribe = page.subscribe(({ dialog }, before) => {
      const isWelcomed = before.dialog?.kind === 'gallery' && before.dialog.firstVisit;
      if (isWelcomed && dialog === null && preferences.get(SEEN) === null) this.start();
    });
  }

  dispose(): void {
    this.unsubscribe();
  }

  start = (): void => {
    // Whoever has seen its beginning knows of it, however it ends.
    this.options.preferences.set(SEEN, 'seen');
    this.options.page.setState({ tour: 0 });
  };

  go = (step: number): void => this.options.page.setState({ tour: step });

  end = (): void => this.options.page.setState({ tour: null });
}
