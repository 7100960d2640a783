import { useEffect, useState } from 'react';
import { copyText } from '../../editor/commands/copyText';

/** Long enough to be read. */
const SAID_MS = 2000;

export type CopyOutcome = 'copied' | 'refused';

/** Puts a text on the clipboard, and says for a moment whether the browser let it. */
export function useCopy(text: string): {
  readonly outcome: CopyOutcome | null;
  readonly copy: () => Promise<CopyOutcome>;
} {
  const [said, setSaid] = useState<{ text: string; outcome: CopyOutcome } | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return {
    // Of another text nothing was said.
    outcome: said?.text === text ? said.outcome : null,
    async copy() {
      const outcome = (await copyText(text)) ? 'copied' : 'refused';
      setSaid({ text, outcome });
      return outcome;
    },
  };
}
