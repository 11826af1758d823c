/** A column of a table in Markdown. Its width is known before its rows are, so that each is printed when it is there. */
export interface Column {
  title: string;
  width: number;
  right?: boolean;
}

function pad({ width, right }: Column, text: string): string {
  return right ? text.padStart(width) : text.padEnd(width);
}

function row(columns: readonly Column[], cells: readonly string[]): string {
  return `| ${columns.map((column, index) => pad(column, cells[index] ?? "")).join(" | ")} |`;
}

/** The lines of a table in Markdown. */
export const table = {
  row,
  head: (columns: readonly Column[]): string[] => [
    row(
      columns,
      columns.map(({ title }) => title),
    ),
    row(
      columns,
      columns.map(({ width, right }) => (right ? `${"-".repeat(width - 1)}:` : "-".repeat(width))),
    ),
  ],
};
