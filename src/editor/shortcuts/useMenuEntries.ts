import { useEffect, useMemo, useState } from 'react';
import type { Command } from '../commands/command';
import { addNodeAt } from '../commands/addNode';
import { kindTitle, nodeLabel } from '../model/documentNode';
import { useJump } from '../problems/useJump';
import { kindEntries } from '../search/kindEntries';
import { useEditorStore } from '../store/useEditor';
import { commandEntry, thingEntry, type MenuEntry } from './menuGroups';
import type { Thing, ThingSource } from './things';

/** Where a node that is added by name goes, on the canvas. */
type Centre = () => { readonly x: number; readonly y: number };

/** What the menu has while it is open: commands, nodes of the graph, kinds of node, and what the app can open. */
export function useMenuEntries(
  commands: readonly Command[],
  sources: readonly ThingSource[],
  centre: Centre,
): readonly MenuEntry[] {
  const nodes = useNodes();
  const kinds = useKinds(centre);
  const others = useLists(sources);
  return useMemo(
    () => [
      ...commands.filter(({ hidden }) => hidden !== true).map(commandEntry),
      ...nodes.map((thing) => thingEntry('Nodes of the graph', thing)),
      ...kinds.map((thing) => thingEntry('Add a node', thing)),
      ...others,
    ],
    [commands, nodes, kinds, others],
  );
}

function useNodes(): readonly Thing[] {
  const store = useEditorStore();
  const jump = useJump();
  return useMemo(() => {
    const { registry } = store;
    return store.getState().document.nodes.map((node): Thing => {
      const definition = registry.get(node.kind);
      const kind = definition ? kindTitle(definition, node.params) : node.kind;
      const title = nodeLabel(registry, node);
      return {
        id: `node:${node.id}`,
        title,
        hint: title === kind ? 'Go there' : kind,
        words: `go jump ${node.kind}`,
        run: () => jump({ nodeId: node.id }),
      };
    });
  }, [store, jump]);
}

function useKinds(centre: Centre): readonly Thing[] {
  const store = useEditorStore();
  return useMemo(() => {
    if (store.getState().readOnly) return [];
    return kindEntries(store.registry).map((entry): Thing => ({
      id: `kind:${entry.id}`,
      title: entry.title,
      hint: 'Add',
      words: `insert ${entry.id} ${entry.synonyms.join(' ')} ${entry.definition.source}`,
      run: () => void addNodeAt(store, entry, centre()),
    }));
  }, [store, centre]);
}

/** Lists arrive one after another; one that fails is left out. */
function useLists(sources: readonly ThingSource[]): readonly MenuEntry[] {
  const [lists, setLists] = useState<ReadonlyMap<ThingSource, readonly Thing[]>>(new Map());
  useEffect(() => {
    let isWanted = true;
    for (const source of sources) {
      void Promise.resolve(source.list())
        .catch(() => [])
        .then((things) => {
          if (isWanted) setLists((before) => new Map(before).set(source, things));
        });
    }
    return () => {
      isWanted = false;
    };
  }, [sources]);
  return useMemo(
    () =>
      sources.flatMap((source) =>
        (lists.get(source) ?? []).map((thing) => thingEntry(source.heading, thing)),
      ),
    [sources, lists],
  );
}
