/** Steps per second over the last `windowMs` of a run. */
export class StepRate {
  private samples: { readonly time: number; readonly step: number }[] = [];

  constructor(private readonly windowMs = 2000) {}

  /** Starts anew: what came before a pause says nothing about the speed after it. */
  restart(time: number, step: number): void {
    this.samples = [{ time, step }];
  }

  record(time: number, step: number): void {
    this.samples.push({ time, step });
    // The oldest sample kept is the last one before the window, so that the window is covered in full.
    while (this.samples.length > 2) {
      const second = this.samples[1];
      if (!second || time - second.time < this.windowMs) break;
      this.samples.shift();
    }
  }

  get stepsPerSecond(): number {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last.time <= first.time) return 0;
    return ((last.step - first.step) * 1000) / (last.time - first.time);
  }
}
