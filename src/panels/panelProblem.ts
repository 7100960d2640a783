/** Why a panel has nothing to show. */
export interface PanelProblem {
  readonly message: string;
  /** It is not the graph's fault: trying again may help. */
  readonly canRetry: boolean;
}
