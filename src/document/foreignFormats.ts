/** A sort of file that is no document, for a message that says what was chosen instead of what it is not. */
export interface ForeignFormat {
  /** With its article, as in `… is a CSV table`. */
  readonly name: string;
  /** Usual endings of its names, in lower case. */
  readonly extensions: readonly string[];
  /** What its content begins with, or whether it is the content of one. Bytes that are not UTF-8 are U+FFFD here. */
  readonly content?: RegExp | ((text: string) => boolean);
  /** What to do with such a file instead. */
  readonly advice?: string;
  /** It is read as own data. */
  readonly isData?: true;
}

/** What is read as data is not a graph all the same. */
const DATA =
  'It can be the data of an Own table node: drop it on the page, or give it by --data NODE=FILE. Documents are .json files.';
const TABLES =
  'Basin reads data as CSV, TSV, NPY, NPZ and JSON Lines: save it as one of them. Documents are .json files.';
const PICTURES =
  'Basin reads pictures as data: PNG, JPEG, WebP, GIF, BMP and AVIF. Save it as one of them. Documents are .json files.';
const WEIGHTS =
  'Weights go with a document, as safetensors: “Load weights…” in the menu “Export”, or train --init.';
const ZIP = /^PK\x03\x04/;

/** The first that fits by both content and name is it, else by content, else by name. */
export const FOREIGN_FORMATS: readonly ForeignFormat[] = [
  { name: 'a zip archive', extensions: ['zip'], content: ZIP, advice: 'Unpack it first.' },
  {
    name: 'a gzip archive',
    extensions: ['gz', 'tgz'],
    content: /^\x1f\ufffd\x08/,
    advice: 'Unpack it first.',
  },
  {
    name: 'an archive',
    extensions: ['tar', '7z', 'rar', 'xz', 'bz2', 'zst'],
    advice: 'Unpack it first.',
  },
  {
    name: 'a NumPy array',
    extensions: ['npy'],
    content: /^\ufffdNUMPY/,
    advice: DATA,
    isData: true,
  },
  {
    name: 'an archive of NumPy arrays',
    extensions: ['npz'],
    content: ZIP,
    advice: DATA,
    isData: true,
  },
  {
    name: 'a safetensors file of weights',
    extensions: ['safetensors'],
    content: /^[^{]{1,4}\0{4,7}\{\s*"/,
    advice: WEIGHTS,
  },
  { name: 'a PyTorch file', extensions: ['pt', 'pth', 'ckpt'], content: ZIP, advice: WEIGHTS },
  {
    name: 'an HDF5 file',
    extensions: ['h5', 'hdf5', 'keras'],
    content: /^\ufffdHDF\r\n/,
    advice: WEIGHTS,
  },
  { name: 'an ONNX model', extensions: ['onnx'], advice: WEIGHTS },
  { name: 'a GGUF model', extensions: ['gguf'], content: /^GGUF/, advice: WEIGHTS },
  {
    name: 'a Python pickle',
    extensions: ['pkl', 'pickle'],
    content: /^\ufffd[\x02-\x05][^\0]/,
    advice: TABLES,
  },
  { name: 'a Parquet table', extensions: ['parquet'], content: /^PAR1/, advice: TABLES },
  { name: 'a MATLAB file', extensions: ['mat'], content: /^MATLAB \d/, advice: TABLES },
  { name: 'a spreadsheet', extensions: ['xlsx', 'ods'], content: ZIP, advice: TABLES },
  { name: 'a spreadsheet', extensions: ['xls', 'numbers'], advice: TABLES },
  { name: 'a PNG image', extensions: ['png'], content: /^\ufffdPNG\r\n/, advice: PICTURES },
  {
    name: 'a JPEG image',
    extensions: ['jpg', 'jpeg'],
    content: /^\ufffd{2,4}[\s\S]{0,3}(?:JFIF|Exif)/,
    advice: PICTURES,
  },
  { name: 'a GIF image', extensions: ['gif'], content: /^GIF8[79]a/, advice: PICTURES },
  { name: 'a WebP image', extensions: ['webp'], content: /^RIFF[\s\S]{1,4}WEBP/, advice: PICTURES },
  {
    name: 'an SVG image',
    extensions: ['svg'],
    content: /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg\b/i,
    advice: PICTURES,
  },
  {
    name: 'an image',
    extensions: ['bmp', 'tif', 'tiff', 'avif', 'heic', 'heif', 'ico'],
    // Of the same family as films.
    content: /^[\s\S]{4}ftyp(?:heic|heix|mif1|msf1|avif)/,
    advice: PICTURES,
  },
  {
    name: 'a video',
    extensions: ['mp4', 'mov', 'webm', 'mkv', 'avi'],
    content: /^[\s\S]{4}ftyp(?!heic|heix|mif1|msf1|avif)/,
    advice: 'It is neither a graph nor data that Basin reads.',
  },
  { name: 'a sound', extensions: ['wav', 'mp3', 'flac', 'ogg', 'm4a'], advice: TABLES },
  { name: 'a PDF document', extensions: ['pdf'], content: /^%PDF-/ },
  { name: 'a Word document', extensions: ['docx', 'odt'], content: ZIP },
  {
    name: 'a web page',
    extensions: ['html', 'htm'],
    content: /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body)\b/i,
    advice: 'A saved page does not hold the graph: save the document, or share it as a link.',
  },
  { name: 'XML', extensions: ['xml'], content: /^\s*<\?xml/ },
  {
    name: 'a share link',
    extensions: ['url', 'webloc'],
    content: /^\s*https?:\/\/\S*#v\d+=/,
    advice: 'Open the link itself, in the address bar of the browser.',
  },
  {
    name: 'JSON Lines',
    extensions: ['jsonl', 'ndjson'],
    content: isJsonLines,
    advice: DATA,
    isData: true,
  },
  {
    name: 'a TSV table',
    extensions: ['tsv', 'tab'],
    content: (text) => isTable(text, '\t'),
    advice: DATA,
    isData: true,
  },
  {
    name: 'a CSV table',
    extensions: ['csv'],
    content: (text) => isTable(text, ',') || isTable(text, ';'),
    advice: DATA,
    isData: true,
  },
  { name: 'YAML', extensions: ['yaml', 'yml'], content: /^---\r?\n/ },
  { name: 'TOML', extensions: ['toml'] },
  { name: 'Markdown', extensions: ['md', 'markdown'] },
  {
    name: 'program code',
    extensions: ['py', 'js', 'ts', 'm', 'jl', 'r', 'c', 'cpp', 'rs', 'sh'],
    advice: 'Of scripts Basin opens those that it has exported: they hold their graph.',
  },
  { name: 'plain text', extensions: ['txt', 'log'] },
];

/** What a file is that could not be read as JSON, by its content and its name; null when that is not known. */
export function foreignFormat(text: string, fileName: string): ForeignFormat | null {
  const extension = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const isNamed = ({ extensions }: ForeignFormat): boolean => extensions.includes(extension);
  const alike = FOREIGN_FORMATS.filter(({ content }) =>
    typeof content === 'function' ? content(text) : content?.test(text),
  );
  return alike.find(isNamed) ?? alike[0] ?? FOREIGN_FORMATS.find(isNamed) ?? null;
}

/** Rows that are looked at. */
const SEEN_ROWS = 20;

function firstRows(text: string): string[] {
  return text
    .slice(0, 100_000)
    .split(/\r?\n/, SEEN_ROWS + 1)
    .slice(0, SEEN_ROWS)
    .filter((row) => row.trim() !== '');
}

/** Two rows at least, all with the same number of cells, which is more than one. */
function isTable(text: string, separator: string): boolean {
  if (/^\s*[[{]/.test(text) || /[\0\ufffd]/.test(text.slice(0, 1000))) return false;
  const cells = firstRows(text).map(
    (row) => row.replaceAll(/"[^"]*"/g, '').split(separator).length,
  );
  const [first = 1] = cells;
  return cells.length > 1 && first > 1 && cells.every((count) => count === first);
}

function isJsonLines(text: string): boolean {
  const rows = firstRows(text);
  try {
    return rows.length > 1 && rows.slice(0, 2).every((row) => typeof JSON.parse(row) === 'object');
  } catch {
    return false;
  }
}
