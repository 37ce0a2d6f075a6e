/** Gives a file to the server: reads it, has it checked, and says what became of it. */
import { useRef, useState } from "preact/hooks";
import { CallFailed, type Failure } from "#client/progressCalls.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import type { Fault } from "#shared/arena/fault.ts";
import { ARENA_FILE_MAX_BYTES } from "#shared/arena/limits.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import { type ArenaFile, readArenaFile } from "./arenaFile.ts";
import { offerBrought } from "./brought.ts";

export type Bringing =
  | { readonly is: "idle" }
  | { readonly is: "busy"; readonly file: string }
  | { readonly is: "tooLarge"; readonly file: string; readonly maxBytes: number }
  | { readonly is: "unreadable"; readonly file: string }
  | { readonly is: "faulty"; readonly file: ArenaFile; readonly faults: readonly Fault[] }
  | { readonly is: "failed"; readonly file: string; readonly why: Failure };

export interface BringingActs {
  readonly now: Bringing;
  bring(file: File): void;
  /** Gives a file that was read before. */
  again(file: ArenaFile): void;
  forget(): void;
}

/** Brings arenas to be played. `chosen` gets each that can be. */
export function useBringing(chosen: (offer: MapOffer) => void): BringingActs {
  const { arenas } = useIntents();
  return useSending(ARENA_FILE_MAX_BYTES, async ({ tiledJson }, isWanted) => {
    const offer = await arenas.bring(tiledJson);
    if (!isWanted()) return;
    offerBrought({ ...offer, isOwn: true });
    chosen(offer);
  });
}

type Send = (file: ArenaFile, isWanted: () => boolean) => Promise<void>;

/** `send` is called with each file that can be read; a later file, or `forget`, makes it unwanted. */
export function useSending(maxBytes: number, send: Send): BringingActs {
  const [now, setNow] = useState<Bringing>({ is: "idle" });
  const turn = useRef(0);
  // The form may change while the server looks at the file.
  const latest = useRef(send);
  latest.current = send;
  const run = async (name: string, read: () => Promise<ArenaFile | "tooLarge">) => {
    const own = ++turn.current;
    const isWanted = () => turn.current === own;
    setNow({ is: "busy", file: name });
    const end = await give(name, maxBytes, read, (file) => latest.current(file, isWanted));
    if (isWanted()) setNow(end);
  };
  return {
    now,
    bring: (file) => void run(file.name, () => readArenaFile(file, maxBytes)),
    again: (file) => void run(file.name, async () => file),
    forget() {
      turn.current++;
      setNow({ is: "idle" });
    },
  };
}

/** Resolves to what is to be said about it; "idle" if it went through. Never rejects. */
export async function give(
  name: string,
  maxBytes: number,
  read: () => Promise<ArenaFile | "tooLarge">,
  send: (file: ArenaFile) => Promise<void>,
): Promise<Bringing> {
  const file = await read().catch(() => undefined);
  if (file === undefined) return { is: "unreadable", file: name };
  if (file === "tooLarge") return { is: "tooLarge", file: name, maxBytes };
  try {
    await send(file);
    return { is: "idle" };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const { faults, why } = error;
    return faults ? { is: "faulty", file, faults } : { is: "failed", file: name, why };
  }
}
