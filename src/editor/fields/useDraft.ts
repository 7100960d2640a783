import { useState } from 'react';
import type { Parsed } from '../parameters/numberText';

interface DraftOptions<T> {
  /** What the document says. */
  readonly text: string;
  parse(draft: string): Parsed<T>;
  /** What a draft was read as, where that is not plain to see. */
  understood(draft: string, value: T): string | null;
  onChange(value: T): void;
  /** The end of a gesture. */
  onCommit(): void;
}

/** A draft that was left and could not be taken over, while the document says what it said then. */
interface Refusal {
  readonly reason: string;
  readonly text: string;
}

/**
 * What is being typed, apart from the value it stands for: a half-typed number is one that nobody meant. Enter and leaving the
 * field take it over, Escape gives it up. What cannot be taken over leaves the value that was, and the field says why.
 */
export function useDraft<T>({ text, parse, understood, onChange, onCommit }: DraftOptions<T>) {
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const parsed = draft === null ? null : parse(draft);
  const finish = (): void => {
    setDraft(null);
    setRefusal(null);
  };
  const takeOver = (): void => {
    finish();
    if (parsed?.ok === true && draft !== text) onChange(parsed.value);
    if (parsed?.ok === false && draft !== null) {
      const stays = text === '' ? '' : ` ${text} stays.`;
      setRefusal({ reason: `${parsed.message} “${draft}” was not taken.${stays}`, text });
    }
    onCommit();
  };
  const leftOver = refusal?.text === text && draft === null ? refusal.reason : null;
  return {
    text: draft ?? text,
    /** What is wrong with the draft, or with the one that was left. */
    error: parsed?.ok === false ? parsed.message : leftOver,
    understood: draft !== null && parsed?.ok === true ? understood(draft, parsed.value) : null,
    type(next: string) {
      setRefusal(null);
      setDraft(next);
    },
    /** A value from elsewhere, such as an arrow key. */
    set(value: T) {
      finish();
      onChange(value);
    },
    onBlur() {
      if (draft !== null) takeOver();
      else onCommit();
    },
    onKeyDown(event: React.KeyboardEvent) {
      if (event.key === 'Enter') {
        // What cannot be taken over stays, with what is wrong with it, and is handed in with no form.
        if (parsed?.ok === false) event.preventDefault();
        else takeOver();
      }
      if (event.key !== 'Escape' || draft === null) return;
      finish();
      // The next Escape leaves the field.
      event.preventDefault();
    },
  };
}
