/** Drops the rows that were not marked as seen in this frame, and clears the marks for the next. */
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
