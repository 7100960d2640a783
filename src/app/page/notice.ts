import type { Severity } from '../../core/diagnostic';

/** Something that the page says over the canvas until it is dismissed or acted on. */
export interface Notice {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** For who wants to know more: shown when it is asked for. */
  readonly details?: { readonly title: string; readonly lines: readonly string[] };
  /** What can be done about it; the last is the likeliest. Each ends the notice, unless it stays. */
  readonly actions?: readonly {
    readonly label: string;
    readonly run: () => void;
    readonly stays?: boolean;
  }[];
  /** Besides that it goes. */
  readonly onDismiss?: () => void;
}
