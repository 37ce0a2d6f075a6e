/** A bar on a terminal; nothing where nobody watches. */

const WIDTH = 32;

export function showProgress(done: number, all: number, startedMs: number): void {
  const { stderr } = process;
  if (!stderr.isTTY) return;
  const filled = Math.round((WIDTH * done) / all);
  const leftSec = ((performance.now() - startedMs) / 1000 / done) * (all - done);
  const bar = `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)}`;
  stderr.write(`\r${bar} ${done}/${all} matches, ${Math.ceil(leftSec)} s left \x1b[K`);
  if (done === all) stderr.write("\r\x1b[K");
}
