/** docs/command-line.md §2: the exit codes, part of the command line's contract. */
export const EXIT = {
  done: 0,
  /** The graph has errors, or training diverged. */
  graph: 1,
  usage: 2,
  /** The engine cannot run here, or has not the memory that the graph needs. */
  engine: 3,
  /** Whoever reads standard output has left: 128 and the number of SIGPIPE, as shells have it. */
  outputClosed: 141,
} as const;

/** What a signal that ends a command gives: 128 and its number, as shells have it. */
export const SIGNAL_EXIT = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
