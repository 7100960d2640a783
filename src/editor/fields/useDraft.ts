import { useState } from 'react';
import type { Parsed } from '../parameters/numberText';

/**
 * What is being typed, apart from the value it stands for: a half-typed number must neither change the document nor
 * jump. `text` is what the document says.
 */
export function useDraft<T>(
  text: string,
  parse: (draft: string) => Parsed<T>,
  onChange: (value: T) => void,
  onCommit: () => void,
) {
  const [draft, setDraft] = useState<string | null>(null);
  const parsed = draft === null ? null : parse(draft);
  return {
    text: draft ?? text,
    error: parsed?.ok === false ? parsed.message : null,
    type(next: string) {
      setDraft(next);
      const result = parse(next);
      if (result.ok) onChange(result.value);
    },
    /** A value from elsewhere, such as an arrow key. */
    set(value: T) {
      setDraft(null);
      onChange(value);
    },
    finish() {
      setDraft(null);
      onCommit();
    },
  };
}
