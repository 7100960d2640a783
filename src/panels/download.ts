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

/** A file name from a title: letters and digits of any script, the rest as single hyphens. */
export function fileName(title: string, extension: string): string {
  const stem = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${stem || 'basin'}.${extension}`;
}
