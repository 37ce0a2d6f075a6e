/** Durations as clocks show them, in every language. */

/** 59.7 → "1:00"; 305 → "5:05". Rounds to seconds; nothing is below "0:00". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
