import { describe, expect, it } from 'vitest';
import { createPageStore } from '../page/pageStore';
import type { Preferences } from '../preferences';
import { TourController } from './tourController';

function visit(kept = new Map<string, string>()) {
  const preferences: Preferences = {
    get: (name) => kept.get(name) ?? null,
    set: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, value)),
  };
  const page = createPageStore();
  return { kept, page, tour: new TourController({ page, preferences }) };
}

describe('TourController', () => {
  it('begins once the gallery of a first visit has closed, and never by itself again', () => {
    const { kept, page, tour } = visit();
    page.setState({ dialog: { kind: 'gallery', firstVisit: true } });
    expect(page.getState().tour).toBeNull();
    page.setState({ dialog: null });
    expect(page.getState().tour).toBe(0);
    tour.end();
    expect(page.getState().tour).toBeNull();

    const again = visit(kept);
    again.page.setState({ dialog: { kind: 'gallery', firstVisit: true } });
    again.page.setState({ dialog: null });
    expect(again.page.getState().tour).toBeNull();
    again.tour.start();
    expect(again.page.getState().tour).toBe(0);
  });

  it('does not begin after other dialogs, nor while one follows the gallery', () => {
    const { page } = visit();
    page.setState({ dialog: { kind: 'gallery', firstVisit: false } });
    page.setState({ dialog: null });
    page.setState({ dialog: { kind: 'gallery', firstVisit: true } });
    page.setState({ dialog: { kind: 'share' } });
    page.setState({ dialog: null });
    expect(page.getState().tour).toBeNull();
  });
});
