/** Makes tests fail on console warnings: the only sign from Colyseus' decoder that a patch names an unknown instance. */
import { afterEach, beforeEach, expect, vi } from "vitest";

/** Fails every test of the calling file that writes to console.warn or console.error. */
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
