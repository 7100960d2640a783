import { useEffect, useRef, useState } from 'react';
import type { Parsed } from '../parameters/numberText';
import { useSay } from '../ui/useSay';

interface DraftOptions<T> {
  /** What is entered. */
  readonly label: string;
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
  /** When, as `performance.now()` has it. */
  readonly at: number;
}

/** A refusal that was seen for less than this has not been read, in milliseconds. */
const READ_MS = 2000;

/**
 * What is being typed, apart from the value it stands for: a half-typed number is one that nobody meant. Enter and leaving the
 * field take it over, Escape gives it up. What cannot be taken over leaves the value that was, and the field says why; the page does
 * where the field goes, since another node was selected say.
 */
export function useDraft<T>(options: DraftOptions<T>) {
  const { label, text, parse, understood, onChange, onCommit } = options;
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const parsed = draft === null ? null : parse(draft);
  const finish = (): void => {
    setDraft(null);
    setRefusal(null);
  };
  const refused =
    parsed?.ok === false && draft !== null ? reasonOf(parsed.message, draft, text) : null;
  const takeOver = (): void => {
    finish();
    if (parsed?.ok === true && draft !== text) onChange(parsed.value);
    if (refused !== null) setRefusal({ reason: refused, text, at: performance.now() });
    onCommit();
  };
  useTellOnLeaving(label, refused, refusal);
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

function reasonOf(message: string, draft: string, text: string): string {
  return `${message} “${draft}” was not taken.${text === '' ? '' : ` ${text} stays.`}`;
}

/** Says what was refused when the field goes before anybody could read it there. */
function useTellOnLeaving(label: string, refused: string | null, refusal: Refusal | null): void {
  const say = useSay();
  const latest = useRef({ say, label, refused, refusal });
  useEffect(() => {
    latest.current = { say, label, refused, refusal };
  });
  useEffect(
    () => () => {
      const { say, label, refused, refusal } = latest.current;
      const isUnread = refusal !== null && performance.now() - refusal.at < READ_MS;
      const reason = refused ?? (isUnread ? refusal.reason : null);
      if (reason !== null) say(`${label}: ${reason}`);
    },
    [],
  );
}
