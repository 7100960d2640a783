const ALIGNMENT = 16;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Hands out parts of one memory, the first gap that is large enough, and takes them back. */
export class ScratchMemory {
  /** In use, by rising start. */
  private spans: Span[] = [];
  private highest = 0;

  /** Bytes that were in use at most, counted up to the last one. */
  get size(): number {
    return this.highest;
  }

  /** Offset of `bytes` bytes that nobody else has until they are released. */
  reserve(bytes: number): number {
    const length = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    let start = 0;
    let index = 0;
    for (; index < this.spans.length; index++) {
      const span = this.spans[index];
      if (!span || start + length <= span.start) break;
      start = span.end;
    }
    this.spans.splice(index, 0, { start, end: start + length });
    this.highest = Math.max(this.highest, start + length);
    return start;
  }

  release(offset: number): void {
    this.spans = this.spans.filter(({ start }) => start !== offset);
  }
}
