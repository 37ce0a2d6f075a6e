/** A match's page: how it ended, its scoreboard, and each player's part in it. */
import { Pane } from "#client/ui/front/Pane.tsx";
import { moment } from "#client/ui/kit/figures.ts";
import { MapName } from "#client/ui/kit/MapName.tsx";
import { PageLink } from "#client/ui/kit/PageLink.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { clock } from "#shared/figures/clock.ts";
import type { MatchPage } from "#shared/protocol/progress.ts";
import { Shown, useAsked } from "./Asked.tsx";
import { Part } from "./Player.tsx";
import { PlayerDetails } from "./PlayerDetails.tsx";
import { Scoreboard } from "./Scoreboard.tsx";

export function Match({ id }: { id: string }) {
  const { lasting } = useIntents();
  const { asked, again } = useAsked(() => lasting.match(id));
  const words = STRINGS.progress.match;
  const title = asked.is === "here" ? STRINGS.modes[asked.answer.mode] : words.title;
  return (
    <Pane title={title} isRead size="large">
      <div class="pane-body page" aria-busy={asked.is === "waiting"}>
        <Shown asked={asked} again={again} unknown={words.unknown}>
          {(match) => <Played of={match} />}
        </Shown>
      </div>
    </Pane>
  );
}

function Played({ of }: { of: MatchPage }) {
  const words = STRINGS.progress.match;
  return (
    <>
      <Head of={of} />
      {of.players.length === 0 ? (
        <p class="page-quiet">{words.nobody}</p>
      ) : (
        <>
          <Scoreboard of={of} />
          <Part title={words.details}>
            {of.players.map((player, index) => (
              <PlayerDetails key={index} of={player} mode={of.mode} />
            ))}
          </Part>
        </>
      )}
    </>
  );
}

function Head({ of }: { of: MatchPage }) {
  const words = STRINGS.progress;
  const facts = [
    words.match.how[of.how],
    clock((of.endedAt - of.startedAt) / 1000),
    ...(of.isHosted ? [words.match.hosted] : []),
  ];
  return (
    <div class="match-head-page">
      <p class="match-arena">
        <MapName map={of.arena} title={of.arenaTitle} />
      </p>
      {of.teamScores && <TeamScores of={of.teamScores} />}
      <p class="page-quiet">
        <span>{facts.join(" · ")}</span>
        <time dateTime={new Date(of.endedAt).toISOString()}>{moment(of.endedAt)}</time>
      </p>
      {of.whyUnrated && <p class="page-quiet">{words.whyUnrated[of.whyUnrated]}</p>}
      {of.hasReplay && (
        <p>
          <PageLink to={{ kind: "replay", link: { id: of.id } }}>{STRINGS.replay.watch}</PageLink>
        </p>
      )}
    </div>
  );
}

function TeamScores({ of: [first, second] }: { of: [number, number] }) {
  return (
    <p class="team-scores figures">
      <TeamMark team={0} />
      <strong>{first}</strong>
      <span aria-hidden="true">:</span>
      <strong>{second}</strong>
      <TeamMark team={1} />
    </p>
  );
}
