/** Judges a leak: the growth of the server's memory, after forced collections and with all attackers gone. */
import type { MemoryReport } from "./serverWatch.ts";

const MB = 1024 * 1024;
/** For rooms opened meanwhile, seats still kept, and code compiled late. A leak would grow beyond any bound. */
const HEAP_MAX_BYTES = 24 * MB;
/** Larger, because the allocator returns pages late. */
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
