/** A process whose store's thread dies at the first question: prints what becomes of it, and when the next one is answered. */
import { openStore } from "#server/store/store.ts";

const store = await openStore({ kind: "sqlite", path: process.argv[2] ?? "" });
const first = await store.ask("ping", {}).catch((error: Error) => error.message);
process.stdout.write(`first: ${first}, away: ${store.isAway}\n`);
for (let answered = false; !answered; ) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  answered = await store.ask("ping", {}).then(
    () => true,
    () => false,
  );
}
process.stdout.write(`answered, away: ${store.isAway}\n`);
await store.close();
