import { defined } from '../../core/invariant';
import type { Remedy, RemedyPort, RemedyStep } from '../../core/remedy';
import { connect, newEdge } from '../../document/commands/edgeCommands';
import type { Edit } from '../../document/commands/edit';
import { addNode, newNode, setParameter } from '../../document/commands/nodeCommands';
import { removeSelection } from '../../document/commands/selectionCommands';
import { setTraining } from '../../document/commands/settingsCommands';
import { createIdSource, documentIds, type IdSource } from '../../document/freshId';
import { hiddenBy } from '../../document/groupTree';
import type { BasinDocument, DocumentEdge, DocumentNode, Position } from '../../document/schema';
import { documentPorts, kindTitle } from '../model/documentNode';
import { nodeGeometry, type NodeGeometry } from '../model/nodeGeometry';
import { nodeOutline } from '../model/nodeOutline';
import { resolveParameters } from '../parameters/resolveParameters';
import type { EditorStore } from '../store/editorState';
import { selectionOf } from '../store/selection';
import { GRID, snap } from './addNode';
import { combineEdits } from './combineEdits';
import { findRoom, type Box } from './findRoom';
import { innermostAround } from './membership';
import { freshLabel } from './nodeNames';

/** From a node to what reads it. */
const GAP = 7 * GRID;

/**
 * Does what a remedy says, as one step of undo, and selects what it has changed. Returns the ids of those nodes, or null
 * where the document has changed so that it cannot be done.
 */
export function applyRemedy(store: EditorStore, { label, steps }: Remedy): string[] | null {
  const { document } = store.getState();
  const plan = new Plan(store, document);
  if (!steps.every((step) => plan.add(step))) return null;
  const { edits, touched } = plan;
  const isMade = store.edit(
    combineEdits(label, ...edits),
    touched.length > 0 ? selectionOf({ nodes: touched }) : undefined,
  );
  return isMade ? touched : null;
}

/** Edits of one document that are made together, with ids that do not clash. */
class Plan {
  readonly edits: Edit[] = [];
  /** Nodes that are new or have another parameter. */
  readonly touched: string[] = [];
  private readonly freshId: IdSource;
  private readonly boxes: Box[];

  constructor(
    private readonly store: EditorStore,
    private readonly document: BasinDocument,
  ) {
    this.freshId = createIdSource(documentIds(document));
    this.boxes = document.nodes.map((node) => this.boxOf(node));
  }

  /** Returns whether the step can be made. */
  add(step: RemedyStep): boolean {
    switch (step.kind) {
      case 'addReader':
        return this.addReader(step);
      case 'insert':
        return this.insert(step);
      case 'contrast':
        return this.contrast(step);
      case 'setParameter':
        if (!this.node(step.nodeId)) return false;
        this.edits.push(setParameter(step.nodeId, step.parameter, step.value));
        this.touched.push(step.nodeId);
        return true;
      case 'renameParameter':
        return this.renameParameter(step);
      case 'setBatchSize':
        this.edits.push(setTraining({ batchSize: step.batchSize }));
        return true;
      case 'delete':
        if (!step.nodeIds.every((id) => this.node(id))) return false;
        this.edits.push(removeSelection({ nodes: step.nodeIds }));
        return true;
      case 'chooseFile':
        // The user is asked first: whoever offers the remedy does that.
        return false;
    }
  }

  private renameParameter({
    nodeId,
    parameter,
    to,
  }: Extract<RemedyStep, { kind: 'renameParameter' }>): boolean {
    const value = this.node(nodeId)?.params[parameter];
    if (value === undefined) return false;
    this.edits.push(setParameter(nodeId, parameter, undefined));
    if (to !== null) this.edits.push(setParameter(nodeId, to, value));
    this.touched.push(nodeId);
    return true;
  }

  private addReader({ nodeKind, input, reads }: Extract<RemedyStep, { kind: 'addReader' }>) {
    const sources = reads.flatMap((read) => this.placeOf(read, 'outputs') ?? []);
    const geometry = this.geometryOf(nodeKind);
    if (!geometry || sources.length < reads.length) return false;
    const wanted = {
      x: Math.max(...sources.map(({ x }) => x)) + GAP,
      y: mean(sources.map(({ y }) => y)) - geometry.height / 2,
    };
    const id = this.addNode(nodeKind, geometry, wanted, reads[0]?.nodeId);
    for (const read of reads) this.addEdge(read, { nodeId: id, port: input });
    return true;
  }

  private insert(step: Extract<RemedyStep, { kind: 'insert' }>): boolean {
    const geometry = this.geometryOf(step.nodeKind);
    // What stands between may be bypassed: the new node goes right before its readers.
    const edges = step.before.flatMap((reader) => this.edgeBetween(step.after, reader) ?? []);
    const [first] = edges;
    if (!geometry || !first || edges.length < step.before.length) return false;
    const from = { nodeId: first.source, port: first.sourcePort };
    const start = this.placeOf(from, 'outputs');
    const ends = step.before.flatMap((reader) => this.placeOf(reader, 'inputs') ?? []);
    if (!start || ends.length === 0) return false;
    const wanted = {
      x: (start.x + Math.min(...ends.map(({ x }) => x)) - geometry.width) / 2,
      y: (start.y + mean(ends.map(({ y }) => y)) - geometry.height) / 2,
    };
    const id = this.addNode(step.nodeKind, geometry, wanted, from.nodeId);
    this.addEdge(from, { nodeId: id, port: step.input });
    const moved = new Set(edges.map((edge) => edge.id));
    this.edits.push({
      label: 'Connect',
      recipe: (draft) => {
        // In place: the order of edges into one input counts.
        for (const edge of draft.edges.filter((other) => moved.has(other.id))) {
          edge.source = id;
          edge.sourcePort = step.output;
        }
      },
    });
    return true;
  }

  private contrast(step: Extract<RemedyStep, { kind: 'contrast' }>): boolean {
    const shapes = [this.geometryOf(step.sampler), this.geometryOf(step.functional)];
    const [samplerShape, functionalShape] = shapes;
    const observed = this.placeOf(step.observed, 'outputs');
    const energy = this.placeOf(step.energy, 'outputs');
    if (!samplerShape || !functionalShape || !observed || !energy) return false;
    const samplerPlace = {
      x: energy.x - samplerShape.width,
      y: Math.max(energy.y, observed.y) + GAP,
    };
    const functionalPlace = { x: energy.x + GAP, y: energy.y + GAP / 2 };
    const beside = step.energy.nodeId;
    const sampler = this.addNode(step.sampler, samplerShape, samplerPlace, beside);
    const functional = this.addNode(step.functional, functionalShape, functionalPlace, beside);
    this.addEdge(step.observed, { nodeId: sampler, port: 'y' });
    this.addEdge(step.energy, { nodeId: functional, port: 'energy' });
    this.addEdge({ nodeId: sampler, port: 'negative' }, { nodeId: functional, port: 'negative' });
    return true;
  }

  /** `beside`: a node that the new one is next to. */
  private addNode(
    kind: string,
    geometry: NodeGeometry,
    wanted: Position,
    beside: string | undefined,
  ): string {
    const definition = defined(this.store.registry.get(kind), kind);
    const position = findRoom(this.boxes, geometry, { x: snap(wanted.x), y: snap(wanted.y) });
    const centre = {
      x: position.x + geometry.width / 2,
      y: position.y + geometry.height / 2,
    };
    const home = this.homeAt(centre, beside);
    const label = freshLabel(this.store, kindTitle(definition));
    const node: DocumentNode = {
      ...newNode(this.document, kind, label, position),
      id: this.freshId(kind),
      ...(home === undefined ? {} : { group: home }),
    };
    this.boxes.push(boxAt(position, geometry));
    this.edits.push(addNode(node));
    this.touched.push(node.id);
    return node.id;
  }

  /** The group of a place: that of the node beside it where a box stands for both, else the frame around it. */
  private homeAt(centre: Position, beside: string | undefined): string | undefined {
    const hidden = hiddenBy(this.document);
    if (beside !== undefined && hidden.has(beside)) return this.node(beside)?.group;
    const frames = this.document.groups.filter(
      ({ id, collapsed }) => collapsed !== true && !hidden.has(id),
    );
    return innermostAround(frames, centre)?.id;
  }

  private addEdge(from: RemedyPort, to: RemedyPort): void {
    const ends = {
      source: from.nodeId,
      sourcePort: from.port,
      target: to.nodeId,
      targetPort: to.port,
    };
    this.edits.push(connect({ ...newEdge(this.document, ends), id: this.freshId('edge') }));
  }

  private node(id: string): DocumentNode | undefined {
    return this.document.nodes.find((node) => node.id === id);
  }

  private geometryOf(kind: string): NodeGeometry | null {
    const definition = this.store.registry.get(kind);
    if (!definition) return null;
    const params = resolveParameters(definition, {});
    return nodeGeometry(nodeOutline(definition, params), definition.ports(params));
  }

  private boxOf(node: DocumentNode): Box {
    return boxAt(node.position, this.drawn(node));
  }

  private drawn(node: DocumentNode): NodeGeometry {
    const { registry } = this.store;
    const definition = registry.get(node.kind);
    const params = definition ? resolveParameters(definition, node.params) : {};
    return nodeGeometry(nodeOutline(definition, params), documentPorts(registry, node), node.size);
  }

  /** Where a port is on the canvas. */
  private placeOf({ nodeId, port }: RemedyPort, side: 'inputs' | 'outputs'): Position | null {
    const node = this.node(nodeId);
    const place = node && this.drawn(node)[side][port];
    return place ? { x: node.position.x + place.x, y: node.position.y + place.y } : null;
  }

  /** The edge by which an input reads an output, be it through bypassed nodes. */
  private edgeBetween(from: RemedyPort, to: RemedyPort): DocumentEdge | undefined {
    return this.entering(to).find((edge) => {
      for (let current: DocumentEdge | undefined = edge; current;) {
        if (current.source === from.nodeId && current.sourcePort === from.port) return true;
        const between = this.node(current.source);
        if (!between?.bypassed) return false;
        const input = documentPorts(this.store.registry, between).inputs.find(
          ({ type }) => type === 'tensor',
        );
        current = input && this.entering({ nodeId: between.id, port: input.name })[0];
      }
      return false;
    });
  }

  private entering({ nodeId, port }: RemedyPort): DocumentEdge[] {
    return this.document.edges.filter(
      ({ target, targetPort }) => target === nodeId && targetPort === port,
    );
  }
}

function boxAt({ x, y }: Position, { width, height }: NodeGeometry): Box {
  return { x, y, width, height };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
