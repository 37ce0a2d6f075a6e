/** People draw arenas beside the fights: half of the clients play, and the others draw in rooms of five. */

import { Artist, DraftOwner, type LoadDraft } from "#loadtest/load/artists.ts";
import { contentOf } from "#shared/editor/testing/session.ts";
import { percentile } from "#shared/figures/stats.ts";
import { enterPublic } from "./entering.ts";
import type { Scenario, Stage } from "./scenario.ts";

const EDITORS_A_ROOM = 5;
/** Long enough for everything on its way when the drawing ends to arrive. */
const SETTLED_WITHIN_MS = 10_000;
const SETTLED_EVERY_MS = 100;

interface Drawing {
  readonly draft: LoadDraft;
  readonly artists: readonly Artist[];
}

export const editor: Scenario = {
  meaning: `half of the clients play, the others draw arenas in rooms of ${EDITORS_A_ROOM} (or --room-size)`,
  placesFor: (clients) => clients,
  async play(stage) {
    const drawn = Math.floor(stage.clients / 2);
    const owner = await DraftOwner.arrive(stage.server.endpoint);
    const drawings: Drawing[] = [];
    try {
      await enterPublic(stage, stage.clients - drawn, stage.rampMs);
      await openDrawings(stage, owner, drawn, drawings);
      stage.begin();
      const artists = drawings.flatMap((drawing) => drawing.artists);
      for (const artist of artists) artist.begin();
      await stage.wait(stage.durationMs);
      for (const artist of artists) artist.pause();
      await settle(stage, artists);
      report(stage, drawings);
    } finally {
      await Promise.allSettled(drawings.flatMap(({ artists }) => artists.map((artist) => artist.leave())));
      await Promise.allSettled(drawings.map(({ draft }) => owner.remove(draft)));
    }
  },
};

async function openDrawings(stage: Stage, owner: DraftOwner, drawn: number, drawings: Drawing[]) {
  const size = stage.roomSize ?? EDITORS_A_ROOM;
  for (let first = 0; first < drawn && !stage.isOver; first += size) {
    const draft = await owner.create(`load ${1 + first / size}`);
    const artists: Artist[] = [];
    drawings.push({ draft, artists });
    for (let at = first; at < Math.min(first + size, drawn); at++)
      artists.push(await Artist.join(stage.server, draft, `artist ${at + 1}`, stage.random));
  }
}

async function settle(stage: Stage, artists: readonly Artist[]): Promise<void> {
  const endsAtMs = performance.now() + SETTLED_WITHIN_MS;
  const isSettled = () => artists.every(({ pending }) => pending === 0);
  while (!isSettled() && !stage.isOver && performance.now() < endsAtMs) await stage.wait(SETTLED_EVERY_MS);
  // The last patch goes to everybody, but not at the same moment.
  await stage.wait(5 * SETTLED_EVERY_MS);
}

function report(stage: Stage, drawings: readonly Drawing[]): void {
  const artists = drawings.flatMap((drawing) => drawing.artists);
  const ackMs = artists.flatMap((artist) => artist.ackMs);
  const times = [0.5, 0.95, 0.99].map((share) => `p${100 * share} ${percentile(ackMs, share).toFixed(0)} ms`);
  stage.note(
    `${artists.length} editors in ${drawings.length} rooms: ${ackMs.length} strokes acknowledged, ${times.join(", ")}`,
  );
  const refused = artists.reduce((sum, artist) => sum + artist.refused, 0);
  const pending = artists.reduce((sum, artist) => sum + artist.pending, 0);
  if (refused + pending > 0) stage.note(`${refused} strokes were refused, ${pending} never acknowledged`);
  const apart = drawings.filter((drawing) => !isOneDrawing(drawing.artists));
  stage.note(
    apart.length === 0
      ? "the editors of each room end with the same drawing"
      : `the editors of ${apart.length} rooms end with different drawings`,
  );
}

const isOneDrawing = (artists: readonly Artist[]): boolean =>
  new Set(artists.map(({ view }) => JSON.stringify(contentOf(view)))).size <= 1;
