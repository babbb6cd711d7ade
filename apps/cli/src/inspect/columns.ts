/**
 * Rows as aligned columns, two blanks apart; the last column is as long as it is. Numbers stand at the right. Cells hold no line breaks: what does is put on one line.
 */
export function columns(rows: readonly (readonly (string | number)[])[]): string {
  const widths: number[] = [];
  const cells = rows.map((row) => row.map((cell) => String(cell).replaceAll(/\s*[\r\n]\s*/g, ' ')));
  for (const row of cells)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  return cells
    .map((row, line) =>
      row
        .map((cell, index) => {
          const width = widths[index] ?? 0;
          if (typeof rows[line]?.[index] === 'number') return cell.padStart(width);
          return index === row.length - 1 ? cell : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
