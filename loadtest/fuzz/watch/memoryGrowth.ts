/** Does the server keep what it should forget? Measured after forced collections, with all attackers gone. */
import type { MemoryReport } from "./serverWatch.ts";

const MB = 1024 * 1024;
/** Rooms that were opened meanwhile, seats that are still kept, code that was compiled late. A leak has no bound. */
const HEAP_MAX_BYTES = 24 * MB;
/** The allocator gives pages back late. */
const RSS_MAX_BYTES = 192 * MB;

export function memoryGrowth(
  before: MemoryReport,
  after: MemoryReport,
): { isTooMuch: boolean; text: string } {
  const heap = after.heapBytes + after.externalBytes - before.heapBytes - before.externalBytes;
  const rss = after.rssBytes - before.rssBytes;
  return {
    isTooMuch: heap > HEAP_MAX_BYTES || rss > RSS_MAX_BYTES,
    text: `${megabytes(heap)} held (at most ${megabytes(HEAP_MAX_BYTES)}), ${megabytes(rss)} resident (at most ${megabytes(RSS_MAX_BYTES)})`,
  };
}

export const megabytes = (bytes: number) => `${(bytes / MB).toFixed(1)} MB`;
