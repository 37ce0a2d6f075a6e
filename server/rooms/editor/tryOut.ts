/** Tries the draft out: opens an arena room on it, to which the state leads everybody in the editor, and one press ends it. */
import type { Rooms } from "#server/admission/rooms.ts";
import { Refused } from "#server/edge/refused.ts";
import { TokenBucket } from "#server/edge/tokenBucket.ts";
import { logError } from "#server/logOnce.ts";
import { ArenasBusyError, arenas, type Checked, NotKeptError } from "#server/services/arenas/arenas.ts";
import { StoreAwayError } from "#server/store/store.ts";
import type { Answer, RefusedReason } from "#shared/protocol/answer.ts";
import { EDITORS_MAX, type EditorNews, type TryRequest } from "#shared/protocol/editor.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { EditorState } from "#shared/schema/editorState.ts";
import type { Person } from "./seats.ts";
import { countTryOut } from "./tryOutLimit.ts";

/** Bounds a draft: each try-out opens a room and keeps an arena. Its visitors have a limit of their own, over all drafts. */
const RATE = { burst: 3, perSec: 1 / 15 };
/** Pages leave an arena room by themselves when the try-out is over. */
const CLOSE_AFTER_MS = 5_000;

export interface TriedDraft {
  readonly state: EditorState;
  readonly rooms: Rooms;
  tiledJson(): string;
  tell(news: EditorNews, name: string): void;
}

const no = (reason: RefusedReason, waitMs?: number): Answer => ({
  ...{ ok: false, reason },
  ...(waitMs !== undefined && { waitMs }),
});

export class TryOut {
  readonly #draft: TriedDraft;
  readonly #rate = new TokenBucket(RATE, performance.now());
  #isOpening = false;

  constructor(draft: TriedDraft) {
    this.#draft = draft;
  }

  /** Refused: "notHost" for a viewer, "badMap" if the arena cannot be played in the mode, "full" without room for it. */
  async take(person: Person, request: TryRequest): Promise<Answer> {
    if (person.editor.role === "viewer") return no("notHost");
    if (request.do === "end") return this.#end(person);
    if (this.#isOpening || this.#draft.state.trying !== "") return no("notNow");
    if (!this.#rate.take(performance.now())) return no("tooFast", this.#rate.waitMs);
    this.#isOpening = true;
    try {
      await countTryOut(person.admission);
      return await this.#begin(person, request);
    } catch (error) {
      if (error instanceof Refused) return no("tooFast", (error.retryAfterSec ?? 0) * 1000);
      if (error instanceof NotKeptError) return no(error.why === "removed" ? "badMap" : "full");
      if (!(error instanceof StoreAwayError || error instanceof ArenasBusyError))
        logError(error, "an arena cannot be tried out");
      return no("notNow");
    } finally {
      this.#isOpening = false;
    }
  }

  /** The arena room may have ended by itself: then everybody draws again. */
  async check(): Promise<void> {
    const { state, rooms } = this.#draft;
    const { trying } = state;
    if (trying === "") return;
    const answer = await rooms.ask(trying, "live", null);
    const isOver =
      !answer.ok && (answer.status === REFUSAL.roomEnded || answer.status === REFUSAL.roomUnknown);
    if (isOver && state.trying === trying) this.#over("");
  }

  /** Call when the editor room ends. */
  close(): void {
    const { trying } = this.#draft.state;
    if (trying !== "") this.#closeArena(trying);
  }

  async #begin(
    { editor, admission }: Person,
    { mode, bots }: Extract<TryRequest, { do: "begin" }>,
  ): Promise<Answer> {
    const { state, rooms, tell } = this.#draft;
    // No identity is given: an arena that is only tried out takes no place among those that somebody has brought.
    const checked = await arenas().bring(this.#draft.tiledJson(), undefined);
    const settings = checked.ok ? settingsFor(checked.brought, mode, bots) : undefined;
    if (!settings) return no("badMap");
    const options = JoinOptions.parse({ private: true, settings });
    const opened = await rooms.open(options, { host: admission.identity });
    if (!opened.ok) return no(opened.status === REFUSAL.serverFull ? "full" : "notNow");
    Object.assign(state, { trying: opened.value.code, triedBy: editor.name });
    tell("tryBegan", editor.name);
    return { ok: true };
  }

  #end({ editor }: Person): Answer {
    const { trying } = this.#draft.state;
    if (trying === "") return no("notNow");
    this.#over(editor.name);
    setTimeout(() => this.#closeArena(trying), CLOSE_AFTER_MS).unref();
    return { ok: true };
  }

  #over(by: string): void {
    Object.assign(this.#draft.state, { trying: "", triedBy: "" });
    this.#draft.tell("tryEnded", by);
  }

  #closeArena(code: string): void {
    void this.#draft.rooms.ask(code, "disconnect", { seat: undefined });
  }
}

type Brought = Extract<Checked, { ok: true }>["brought"];

/** Everybody in the editor finds a place beside the bots. Undefined if the arena is not made for the mode. */
function settingsFor(
  { arena, sha256, title }: Brought,
  mode: string,
  bots: number,
): RoomSettings | undefined {
  if (!arena.modes.some((each) => each === mode)) return undefined;
  const players = EDITORS_MAX + bots;
  const settings = { title, mode, map: sha256, players, bots, listed: false, recorded: false };
  return RoomSettings.safeParse(settings).data;
}
