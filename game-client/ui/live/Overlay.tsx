/** The scores and kills of one room, over nothing: streaming software shows the page over its picture. */

import { useEffect } from "preact/hooks";
import type { LiveView, ShownMatch } from "#client/roomDirectory.ts";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { Kill } from "./Kill.tsx";
import { liveView, recentKills, timeOf } from "./liveModel.ts";
import { type OverlayLook, readOverlayLook } from "./overlayLook.ts";
import { TeamScores } from "./TeamScores.tsx";
import { useNow } from "./useNow.ts";

const LINES_SHOWN = 10;
const KILLS_SHOWN = 5;
const KILL_SHOWN_MS = 10_000;

export function Overlay({ code }: { code: string }) {
  const intents = useIntents();
  useEffect(() => intents.watchLive(code), [intents, code]);
  useTransparentPage();
  const look = readOverlayLook(location.search);
  const view = liveView.value;
  const [match] = view.kind === "live" ? view.rows : [];
  return (
    <div class={`overlay overlay-${look.side}`} style={{ fontSize: `${16 * look.size}px` }}>
      {match ? <Shown match={match} look={look} /> : <p class="overlay-note">{noteOn(view, code)}</p>}
    </div>
  );
}

/** The server has marked the page already (http/previewedPages.ts); Vite's in development has not. */
function useTransparentPage(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.overlay = "";
    return () => {
      delete dataset.overlay;
    };
  }, []);
}

function noteOn(view: LiveView, code: string): string {
  const words = STRINGS.live.overlay;
  if (view.kind === "connecting") return words.connecting;
  if (view.kind === "away") return words.away;
  if (view.kind === "live") return words.early;
  switch (view.code) {
    case REFUSAL.roomEnded:
      return words.ended(code);
    case REFUSAL.wrongPassword:
      return words.password;
    case REFUSAL.noSpectators:
      return words.noSpectators;
    case REFUSAL.tooMany:
      return words.tooMany;
    default:
      return words.unknown(code);
  }
}

function Shown({ match, look }: { match: ShownMatch; look: OverlayLook }) {
  const nowMs = useNow();
  return (
    <>
      {look.parts.includes("scores") && <Scores of={match} nowMs={nowMs} />}
      {look.parts.includes("feed") && (
        <ul class="overlay-feed" aria-label={STRINGS.feed.title}>
          {recentKills(match, KILL_SHOWN_MS, nowMs)
            .slice(0, KILLS_SHOWN)
            .map((kill) => (
              <li key={kill.number} class="overlay-kill">
                <Kill of={kill} />
              </li>
            ))}
        </ul>
      )}
    </>
  );
}

function Scores({ of, nowMs }: { of: ShownMatch; nowMs: number }) {
  const { mode, lines, teamScores, paused } = of;
  return (
    <section class="overlay-scores" aria-label={STRINGS.scores.title}>
      <h1 class="overlay-head">
        <span>{STRINGS.modes[mode]}</span>
        <span class="figures">{paused ? STRINGS.live.still : timeOf(of, nowMs)}</span>
      </h1>
      {teamScores.length > 0 && <TeamScores of={teamScores} />}
      <ol class="overlay-lines">
        {lines.slice(0, LINES_SHOWN).map(({ name, team, score }) => (
          <li key={name}>
            <span class="overlay-mark">
              <TeamMark team={team} />
            </span>
            <bdi class="live-name" translate={false}>
              {name}
            </bdi>
            <strong class="figures">{score}</strong>
          </li>
        ))}
      </ol>
    </section>
  );
}
