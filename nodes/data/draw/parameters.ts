import { z } from 'zod';
import { text } from '../../../src/core/schemas';
import {
  DIGITS_TEXT,
  encodePoints,
  LONGEST_DIGITS,
  LONGEST_POINTS,
  POINTS_TEXT,
} from '../../../src/tables/drawing';
import { choiceParameter } from '../../shared/parameters';
import { heldOutParameter } from '../../shared/ownData';

/** Two bows that face each other: something to change. */
const FIRST = encodePoints(
  Array.from({ length: 40 }, (_, index) => {
    const label = index % 2;
    const angle = (Math.PI * Math.floor(index / 2)) / 19;
    const side = label === 0 ? 1 : -1;
    return {
      x: side * (Math.cos(angle) - 0.5),
      y: side * (Math.sin(angle) - 0.25),
      label,
    };
  }),
);

export const drawParameters = z.object({
  what: choiceParameter(['points', 'digits'], 'points', {
    label: 'Draw',
    description: 'Points in the plane with their classes, or digits of 8×8 pixels.',
  }),
  points: text({ max: LONGEST_POINTS })
    .regex(POINTS_TEXT)
    .default(FIRST)
    .meta({
      label: 'Points',
      description: 'Five letters a point: two for x, two for y, and its class.',
      control: 'drawn',
      when: { what: ['points'] },
    }),
  digits: text({ max: LONGEST_DIGITS })
    .regex(DIGITS_TEXT)
    .default('')
    .meta({
      label: 'Digits',
      description: '65 letters a digit: one for each pixel, and which digit it is.',
      control: 'drawn',
      when: { what: ['digits'] },
    }),
  heldOut: heldOutParameter(),
});

export type DrawParams = z.infer<typeof drawParameters>;
