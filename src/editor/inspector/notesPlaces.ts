const NOTES = /Dawid & LeCun 2023, ([^;]*)/g;

/** Sections, figures and equations of the notes that a source names: `§6.1`, `Fig. 3b and Fig. 4b`; empty where there are none. */
export function notesPlaces(source: string): string {
  return [...source.matchAll(NOTES)]
    .map(([, places = '']) => places.replace(/\s*\([^)]*\)/g, '').trim())
    .filter((places) => /^(§|Fig|Eq)/.test(places))
    .join(', ');
}

/** Figures that places name, each once, in the order of the notes: `Fig. 9, 10` and `Fig. 3b, 5a` are `3b, 5a, 9, 10`. */
export function figuresIn(places: readonly string[]): readonly string[] {
  const figures = places.flatMap((place) =>
    [...place.matchAll(/Fig\. (\d+[a-z]?(?:, \d+[a-z]?)*)/g)].flatMap(([, list = '']) =>
      list.split(', '),
    ),
  );
  return [...new Set(figures)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
