/** What a part of `src` may import, as ARCHITECTURE.md's table says. */
export interface ArchitectureRow {
  readonly folder: string;
  readonly ours: readonly string[];
  readonly packages: readonly string[];
}

/** Reads the table headed `Folder | May import of ours | Packages it owns`. */
export function readArchitectureTable(markdown: string): ArchitectureRow[] {
  const lines = markdown.split('\n');
  const head = lines.findIndex((line) => line.startsWith('| Folder |'));
  const rows: ArchitectureRow[] = [];
  for (const line of lines.slice(head + 2)) {
    if (!line.startsWith('|')) {
      break;
    }
    const [folder = '', ours = '', packages = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    rows.push({ folder, ours: list(ours), packages: list(packages) });
  }
  return rows;
}

function list(cell: string): string[] {
  return cell === '-' ? [] : cell.split(',').map((name) => name.trim());
}
