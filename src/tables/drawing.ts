/** A point that somebody drew, with its class. */
export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** A digit that somebody drew: 64 pixels from 0 to 15, row by row, and which it is. */
export interface DrawnDigit {
  readonly pixels: readonly number[];
  readonly label: number;
}

/** Points are within ± this. */
export const DRAWN_LIMIT = 2;
export const DRAWN_SIDE = 8;
export const DRAWN_LEVELS = 15;
/** So many stand in a document, and in a link of it. */
export const MOST_POINTS = 2000;
export const MOST_DIGITS = 200;
export const POINT_CLASSES = 8;
export const DIGIT_CLASSES = 10;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Two letters a coordinate. */
const STEPS = ALPHABET.length ** 2 - 1;
const POINT_LETTERS = 5;
const DIGIT_LETTERS = DRAWN_SIDE ** 2 + 1;

/** Five letters a point: two for each coordinate, in steps of a thousandth, and the class. */
export function encodePoints(points: readonly DrawnPoint[]): string {
  return points
    .slice(0, MOST_POINTS)
    .map(({ x, y, label }) => coordinate(x) + coordinate(y) + String(label))
    .join('');
}

export function decodePoints(text: string): DrawnPoint[] {
  return pieces(text, POINT_LETTERS).map((piece) => ({
    x: number(piece.slice(0, 2)),
    y: number(piece.slice(2, 4)),
    label: Number(piece.slice(4)),
  }));
}

/** 65 letters a digit: a hexadecimal one for each pixel, and which it is. */
export function encodeDigits(digits: readonly DrawnDigit[]): string {
  return digits
    .slice(0, MOST_DIGITS)
    .map(({ pixels, label }) => pixels.map((pixel) => pixel.toString(16)).join('') + String(label))
    .join('');
}

export function decodeDigits(text: string): DrawnDigit[] {
  return pieces(text, DIGIT_LETTERS).map((piece) => ({
    pixels: Array.from(piece.slice(0, -1), (letter) => Number.parseInt(letter, 16)),
    label: Number(piece.slice(-1)),
  }));
}

/** What `encodePoints` writes. */
export const POINTS_TEXT = /^(?:[A-Za-z0-9_-]{4}[0-7])*$/;
/** What `encodeDigits` writes. */
export const DIGITS_TEXT = /^(?:[0-9a-f]{64}[0-9])*$/;
export const LONGEST_POINTS = MOST_POINTS * POINT_LETTERS;
export const LONGEST_DIGITS = MOST_DIGITS * DIGIT_LETTERS;

function coordinate(value: number): string {
  const within = Math.min(DRAWN_LIMIT, Math.max(-DRAWN_LIMIT, value));
  const step = Math.round(((within + DRAWN_LIMIT) / (2 * DRAWN_LIMIT)) * STEPS);
  return ALPHABET.charAt(Math.floor(step / 64)) + ALPHABET.charAt(step % 64);
}

function number(letters: string): number {
  const step = 64 * ALPHABET.indexOf(letters.charAt(0)) + ALPHABET.indexOf(letters.charAt(1));
  return (step / STEPS) * 2 * DRAWN_LIMIT - DRAWN_LIMIT;
}

function pieces(text: string, length: number): string[] {
  return Array.from({ length: Math.floor(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
}
