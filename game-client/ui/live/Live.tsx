/** The public matches as they go, ten seconds late, with one press to watch any of them. */

import { useEffect } from "preact/hooks";
import { teamHue } from "#client/palette.ts";
import type { ShownMatch } from "#client/roomDirectory.ts";
import { chooseName } from "#client/ui/front/NameField.tsx";
import { Pane } from "#client/ui/front/Pane.tsx";
import { ArenaPicture } from "#client/ui/kit/ArenaPicture.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { Spinner } from "#client/ui/kit/Card.tsx";
import { MapName } from "#client/ui/kit/MapName.tsx";
import { mapTitle } from "#client/ui/kit/mapTitle.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { liveView, timeOf } from "./liveModel.ts";
import { TeamScores } from "./TeamScores.tsx";
import { Ticker } from "./Ticker.tsx";
import { useNow } from "./useNow.ts";

export function Live() {
  const intents = useIntents();
  useEffect(() => intents.watchLive(""), [intents]);
  const view = liveView.value;
  const words = STRINGS.live;
  return (
    <Pane title={words.title} isRead size="large">
      <div class="pane-body live" aria-busy={view.kind !== "live"}>
        {view.kind === "live" ? (
          <Matches all={view.rows} />
        ) : (
          <div class="looking">
            <Spinner />
            <p role="status">{view.kind === "connecting" ? words.connecting : words.away}</p>
          </div>
        )}
      </div>
    </Pane>
  );
}

function Matches({ all }: { all: readonly ShownMatch[] }) {
  const nowMs = useNow();
  const words = STRINGS.live;
  return (
    <>
      <p class="visually-hidden" role="status">
        {words.count(all.length)}
      </p>
      {all.length === 0 ? (
        <Nobody />
      ) : (
        <>
          <p class="live-quiet">{words.late}</p>
          <ul class="live-matches">
            {all.map((match) => (
              <Match key={match.code} match={match} nowMs={nowMs} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Offers ways to play: others can watch that ten seconds later. */
function Nobody() {
  const intents = useIntents();
  return (
    <div class="live-nobody">
      <p>{STRINGS.live.none}</p>
      <div class="pane-acts">
        <Button look="primary" onPress={() => intents.enter(chooseName(), { kind: "quick" })}>
          {STRINGS.play}
        </Button>
        <Button look="plain" onPress={() => intents.open({ kind: "browse" })}>
          {STRINGS.front.browse}
        </Button>
      </div>
    </div>
  );
}

function Match({ match, nowMs }: { match: ShownMatch; nowMs: number }) {
  const { mode, map, paused, players, playersMax, bots, spectators, kills } = match;
  const words = STRINGS.live;
  return (
    <li class="row-card live-match">
      <ArenaPicture map={map} isNamed />
      <div class="row-card-what">
        <h2 class="row-card-title live-title">
          {STRINGS.modes[mode]}
          <span class="live-clock figures">{paused ? words.still : timeOf(match, nowMs)}</span>
        </h2>
        <p class="live-facts figures">
          <MapName map={map} title={match.mapTitle} />
          <span>
            {words.players(`${players} / ${playersMax}`)}
            {bots > 0 && ` ${STRINGS.front.plusBots(bots)}`}
          </span>
          {spectators > 0 && <span>{words.watching(spectators)}</span>}
        </p>
      </div>
      <Standing of={match} />
      <Watch match={match} />
      <Ticker kills={kills} />
    </li>
  );
}

/** Shows who leads: the teams with their scores, or the best players with theirs. */
function Standing({ of: { teamScores, lines } }: { of: ShownMatch }) {
  if (teamScores.length > 0) return <TeamScores of={teamScores} />;
  return (
    <ol class="live-lines" aria-label={STRINGS.live.best}>
      {lines.map(({ name, team, score }) => (
        <li key={name}>
          <bdi class="live-name" translate={false} style={{ color: teamHue(team) }}>
            {name}
          </bdi>
          <span class="figures">{score}</span>
        </li>
      ))}
    </ol>
  );
}

function Watch({ match: { code, mode, map, spectators, spectatorsMax } }: { match: ShownMatch }) {
  const intents = useIntents();
  const words = STRINGS.live;
  if (spectators >= spectatorsMax) return <p class="live-full">{words.full}</p>;
  const watch = () => intents.enter(chooseName(), { kind: "code", code, password: "", spectate: true });
  return (
    <Button look="plain" onPress={watch}>
      {STRINGS.front.gate.watch}
      <span class="visually-hidden">
        {" "}
        {STRINGS.modes[mode]}, {mapTitle(map)}
      </span>
    </Button>
  );
}
