/** Drops the rows that were not marked as seen in this frame, and clears the marks for the next. */
export function dropUnseen<Key, Row extends { seen: boolean }>(
  rows: Map<Key, Row>,
  drop: (row: Row) => void,
): void {
  // Not by for…of, which makes an array of each entry in every frame.
  rows.forEach((row, key) => {
    if (!row.seen) {
      drop(row);
      rows.delete(key);
    }
    row.seen = false;
  });
}
