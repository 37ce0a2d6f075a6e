/** Colyseus' decoder speaks up, and only so, when it is told of something that it was never introduced to. */
import { afterEach, beforeEach, expect, vi } from "vitest";

/** Every test of the file fails in which anything was said on the console's warn or error. */
export function expectNoComplaints(): void {
  const complaints: unknown[] = [];
  beforeEach(() => {
    for (const level of ["warn", "error"] as const) {
      vi.spyOn(console, level).mockImplementation((...words) => void complaints.push(words));
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expect(complaints.splice(0)).toEqual([]);
  });
}
