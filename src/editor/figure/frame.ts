/** Where a walk through the page is, in pixels of the window. */
export interface Frame {
  /** The corner that becomes 0, 0. */
  readonly origin: { readonly x: number; readonly y: number };
  /** What words are cut off at; null for nothing. */
  readonly clip: DOMRectReadOnly | null;
  /** Of what is around, all together. */
  readonly opacity: number;
  /** Something is drawn there: the figure has room for it. */
  see(left: number, top: number, right: number, bottom: number): void;
}
