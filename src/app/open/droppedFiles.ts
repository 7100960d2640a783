import type { PlacedImage } from '../../../workers/protocol/ownData';

/** The files that were dropped, those in folders too, with their places in them. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<PlacedImage[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const hasFolder = entries.some((entry) => entry.isDirectory);
  if (!hasFolder) return [...files].map((file) => ({ path: file.name, file }));
  return (await Promise.all(entries.map(filesWithin))).flat();
}

async function filesWithin(entry: FileSystemEntry): Promise<PlacedImage[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inner: FileSystemEntry[] = [];
  // It gives a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    inner.push(...some);
  }
  return (await Promise.all(inner.map(filesWithin))).flat();
}
