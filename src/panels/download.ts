/** How long a file stays available to the browser. */
const KEPT_MS = 60_000;

/** Hands the user a file. */
export function download(name: string, content: Blob | string, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // A busy browser reads the address late, and a revoked one is a lost file.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** Letters and digits of any script, with the marks on them, such as vowels of Hindi and Thai, and the joiners between them. */
const WORD = /(?:[\p{L}\p{N}]\p{M}*(?:[\u200c\u200d](?=\p{L}))?)+/gu;
const LONGEST_NAME = 80;

/** A file name from a title: its words with single hyphens between. A long one ends with a whole letter. */
export function fileName(title: string, extension: string): string {
  const name = title.normalize('NFC').match(WORD)?.join('-') ?? '';
  let stem = '';
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    if (stem.length + segment.length > LONGEST_NAME) break;
    stem += segment;
  }
  return `${stem.replace(/-$/, '') || 'basin'}.${extension}`;
}
