import { describe, expect, it } from 'vitest';
import { figuresIn, notesPlaces } from './notesPlaces';

describe('notesPlaces', () => {
  it.each([
    ['Dawid & LeCun 2023, §3 and §6.1 (encoders, predictors); as PyTorch', '§3 and §6.1'],
    [
      'Dawid & LeCun 2023, Fig. 3b (parabola) and Fig. 4b (ellipse); scikit-learn',
      'Fig. 3b and Fig. 4b',
    ],
    ['LeCun et al. 2006, §2.2; Dawid & LeCun 2023, §4.1.2, Eq. 5', '§4.1.2, Eq. 5'],
    ['Hinton 2002', ''],
    ['LeCun 2022, A path, §4', ''],
  ])('%s', (source, places) => {
    expect(notesPlaces(source)).toBe(places);
  });
});

describe('figuresIn', () => {
  it('lists each figure once, in order', () => {
    expect(figuresIn(['Fig. 9, 10', '§6.1', 'Fig. 3b, 5a', 'Fig. 11, §6.2', 'Fig. 9, 10'])).toEqual(
      ['3b', '5a', '9', '10', '11'],
    );
    expect(figuresIn(['§5.2, Fig. 7c'])).toEqual(['7c']);
    expect(figuresIn([])).toEqual([]);
  });
});
