/**
 * What is not seen in a text, or turns the order in which it is seen: code that holds such characters reads otherwise than it
 * runs (Boucher & Anderson 2023, Trojan Source), and Python takes no zero byte at all. Joiners of emoji stay.
 */
const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The text on one line, with a space where something hidden was. */
export function visible(text: string): string {
  return text.replace(HIDDEN, ' ').replace(/\s+/g, ' ').trim();
}

/** JSON with its hidden characters written as escapes, which stand for the same text. */
export function withoutHidden(json: string): string {
  return json.replace(HIDDEN, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
