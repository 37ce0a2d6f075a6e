/** Views of what the scene no longer reads out go; the others wait for the next frame. */

export function dropUnseen<Key, Row extends { seen: boolean }>(
  rows: Map<Key, Row>,
  drop: (row: Row) => void,
): void {
  for (const [key, row] of rows) {
    if (!row.seen) {
      drop(row);
      rows.delete(key);
    }
    row.seen = false;
  }
}
