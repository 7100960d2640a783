import { useState } from 'react';
import type { Parsed } from '../parameters/numberText';

/**
 * What is being typed, apart from the value it stands for: a half-typed number is one that nobody meant. Enter and leaving the
 * field take it over, Escape gives it up. `text` is what the document says.
 */
export function useDraft<T>(
  text: string,
  parse: (draft: string) => Parsed<T>,
  onChange: (value: T) => void,
  onCommit: () => void,
) {
  const [draft, setDraft] = useState<string | null>(null);
  const parsed = draft === null ? null : parse(draft);
  const takeOver = (): void => {
    if (parsed?.ok === true && draft !== text) onChange(parsed.value);
    setDraft(null);
    onCommit();
  };
  return {
    text: draft ?? text,
    error: parsed?.ok === false ? parsed.message : null,
    type: setDraft,
    /** A value from elsewhere, such as an arrow key. */
    set(value: T) {
      setDraft(null);
      onChange(value);
    },
    /** What cannot be taken over is given up. */
    onBlur: takeOver,
    onKeyDown(event: React.KeyboardEvent) {
      // What cannot be taken over stays, with what is wrong with it.
      if (event.key === 'Enter' && parsed?.ok !== false) takeOver();
      if (event.key !== 'Escape' || draft === null) return;
      setDraft(null);
      // The next Escape leaves the field.
      event.preventDefault();
    },
  };
}
