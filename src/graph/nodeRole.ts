/**
 * Something that people look for by what it does in an architecture: a kind with parameters, under a name of its own. Once added it
 * is a node of that kind like others.
 */
export interface NodeRole {
  /** Unlike any kind: it has no dot. */
  readonly id: string;
  /** Also the label of the node that is added. */
  readonly title: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  /** One sentence: what it is for. */
  readonly help: string;
  /** As those of a kind. */
  readonly synonyms: readonly string[];
}
