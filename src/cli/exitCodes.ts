/** docs/command-line.md §2: the exit codes, part of the command line's contract. */
export const EXIT = {
  done: 0,
  /** The graph has errors, or training diverged. */
  graph: 1,
  usage: 2,
  /** The engine cannot run here, or has not the memory that the graph needs. */
  engine: 3,
  /** The user has stopped it: 128 and the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const;
