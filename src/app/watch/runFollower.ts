/** Time from the start of a frame to that of the next one, at least: ten a second. */
const FRAME_INTERVAL_MS = 100;

export interface RunFollowerOptions<Model> {
  /** The weights as they are by now; null while no run is under way. */
  glimpse(): Promise<Model | null> | null;
  /** Somebody looks. */
  isWanted(): boolean;
  /** Draws them; resolves when it has. */
  draw(model: Model): Promise<void>;
  /** There is nothing to follow any more. */
  onEnd(): void;
  /** Milliseconds of a steady clock; for tests. */
  now?(): number;
  wait?(milliseconds: number): Promise<void>;
}

/**
 * Draws the weights of a run while it goes on and somebody looks: whichever step training is at, at a pace of its own. Between
 * two frames it rests at least half as long as the last one took, so that drawing leaves time to whatever else the page does.
 */
export class RunFollower<Model> {
  private following = false;

  constructor(private readonly options: RunFollowerOptions<Model>) {}

  get isFollowing(): boolean {
    return this.following;
  }

  /** Begins, where there is something to follow. */
  begin = (): void => {
    if (this.following || !this.options.isWanted()) return;
    const first = this.options.glimpse();
    if (first === null) return;
    this.following = true;
    void this.follow(first).finally(() => {
      this.following = false;
      this.options.onEnd();
    });
  };

  private async follow(first: Promise<Model | null>): Promise<void> {
    const {
      glimpse,
      isWanted,
      draw,
      now = () => performance.now(),
      wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    } = this.options;
    for (let next: Promise<Model | null> | null = first; next !== null;) {
      const started = now();
      const model = await next;
      if (model === null || !isWanted()) return;
      await draw(model);
      const spent = now() - started;
      await wait(Math.max(FRAME_INTERVAL_MS - spent, spent / 2));
      next = isWanted() ? glimpse() : null;
    }
  }
}
