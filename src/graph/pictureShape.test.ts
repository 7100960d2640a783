import { describe, expect, it } from 'vitest';
import { pictureShape } from './pictureShape';

describe('pictureShape', () => {
  it('takes height, width and one to three channels', () => {
    for (const channels of [1, 2, 3]) {
      expect(pictureShape([4, 6, channels])).toEqual([4, 6, channels]);
    }
  });

  it('takes nothing else', () => {
    for (const shape of [
      [],
      [64],
      [8, 8],
      [8, 8, 4],
      [8, 8, 0],
      [1, 8, 1],
      [8, 1, 1],
      [2, 8, 8, 1],
    ]) {
      expect(pictureShape(shape)).toBeNull();
    }
  });
});
