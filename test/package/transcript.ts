/** The table of what ran where, from the lines that the tests wrote. */
export function transcriptTable(lines: string): string {
  const ran = new Map<string, string[]>();
  for (const line of lines.trimEnd().split("\n")) {
    const [runtime = "", what = ""] = line.split("\t");
    ran.set(runtime, [...(ran.get(runtime) ?? []), what]);
  }
  const width = Math.max(...[...ran.keys()].map((runtime) => runtime.length));
  const rows = [...ran].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  return rows.map(([runtime, what]) => `  ${runtime.padEnd(width)}  ${what.join(", ")}`).join("\n");
}
