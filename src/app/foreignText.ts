/** What the translation of a browser puts around or in the place of a piece of text. The page itself has none. */
const FOREIGN = 'FONT';

/**
 * Lets React go on after others have changed the text of the page, as a browser's translation does: it puts elements around
 * pieces of text, or in their place. React holds on to its own pieces. To put something before one that is no longer where it
 * was, or to take it away, throws and ends the page; what is written into one that nobody sees is lost
 * (https://github.com/facebook/react/issues/11538). Here a piece takes its place back before React touches it. The
 * translator sees that it changed, and translates it anew. What stays lost is passed over.
 *
 * Costs a comparison at each call, as long as nobody changes anything.
 */
export function outliveForeignText(page: Document): void {
  const standIns = new StandIns(page);
  const { insertBefore, removeChild } = Node.prototype;
  const value = Object.getOwnPropertyDescriptor(Node.prototype, 'nodeValue');

  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    if (child.parentNode === this) return removeChild.call(this, child) as T;
    standIns.giveBack(child);
    if (this.contains(child)) child.parentNode?.removeChild(child);
    return child;
  };

  Node.prototype.insertBefore = function <T extends Node>(
    this: Node,
    node: T,
    before: Node | null | undefined,
  ): T {
    if (before == null || before.parentNode === this) {
      return insertBefore.call(this, node, before ?? null) as T;
    }
    standIns.giveBack(before);
    return insertBefore.call(this, node, childAround(this, before)) as T;
  };

  Object.defineProperty(Node.prototype, 'nodeValue', {
    ...value,
    set(this: Node, text: string | null) {
      if (this.parentNode === null && this instanceof Text) standIns.giveBack(this);
      value?.set?.call(this, text);
    },
  });
}

/** The child of a node that has another one in it; null where there is none. */
function childAround(parent: Node, inner: Node): Node | null {
  let at: Node | null = inner;
  while (at !== null && at.parentNode !== parent) at = at.parentNode;
  return at;
}

/** Which foreign element stands in the place of which node of ours. */
class StandIns {
  private readonly byNode = new WeakMap<Node, Node>();
  private readonly taken = new WeakSet<Node>();
  private readonly observer: MutationObserver;

  constructor(page: Document) {
    this.observer = new MutationObserver((records) => this.note(records));
    this.observer.observe(page.documentElement, { childList: true, subtree: true });
  }

  /** Puts a node where a foreign element is, around it or in its place. */
  giveBack(node: Node): void {
    this.note(this.observer.takeRecords());
    const standIn = outermost(node) ?? this.standInOf(node);
    if (standIn === null || standIn.parentNode === null) return;
    standIn.parentNode.replaceChild(node, standIn);
  }

  private standInOf(node: Node): Node | null {
    const standIn = this.byNode.get(node) ?? null;
    return standIn && (outermost(standIn) ?? standIn);
  }

  private note(records: readonly MutationRecord[]): void {
    for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      const beside = [...addedNodes, previousSibling, nextSibling];
      for (const node of removedNodes) {
        if (!(node instanceof Text)) continue;
        const standIn = beside.find((one) => one?.nodeName === FOREIGN && !this.taken.has(one));
        if (standIn == null) continue;
        this.taken.add(standIn);
        this.byNode.set(node, standIn);
      }
    }
  }
}

/** The outermost of the foreign elements that a node is in; null where it is in none. */
function outermost(node: Node): Node | null {
  let found: Node | null = null;
  for (let at = node.parentNode; at?.nodeName === FOREIGN; at = at.parentNode) found = at;
  return found;
}
