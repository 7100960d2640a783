/** Does it, and says in passing why that did not succeed. */
export function orSay(say: (message: string) => void, doing: Promise<void>): void {
  doing.catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
}
