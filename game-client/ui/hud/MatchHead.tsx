/** The head of the HUD: mode, time left, the sides' scores, and the state of flags and hill. */
import { teamHue } from "#client/palette.ts";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { isDecided, type MatchView, match, type Objective, type SideScore } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Goal } from "#client/ui/teach/Goal.tsx";
import { clock } from "#shared/figures/clock.ts";

export function MatchHead() {
  const now = match.value;
  // The results have a head of their own.
  if (!now || isDecided.value) return null;
  return (
    <section class="match-head" aria-label={STRINGS.match.title}>
      <div class="match-bar glass">
        <Side of={now.sides[0]} />
        <div class="match-middle">
          <strong class="match-clock figures">{timeOf(now)}</strong>
          <span class="match-mode">{STRINGS.modes[now.mode]}</span>
        </div>
        <Side of={now.sides[1]} />
      </div>
      <Goal />
      {now.phase === "live" && now.objective.map((line) => <ObjectiveLine key={keyOf(line)} line={line} />)}
      {now.phase === "countdown" && <Countdown seconds={now.secondsLeft} />}
    </section>
  );
}

function timeOf({ phase, secondsLeft }: MatchView): string {
  if (phase !== "live") return STRINGS.match.phases[phase];
  return secondsLeft >= 0 ? clock(secondsLeft) : `+${clock(-secondsLeft)}`;
}

function Side({ of }: { of: SideScore | undefined }) {
  if (!of) return null;
  return (
    <div class={of.own ? "match-side match-side-own" : "match-side"} style={{ color: teamHue(of.team) }}>
      <TeamMark team={of.team} />
      <strong class="figures">{of.score}</strong>
      {of.own && <span class="match-yours">{STRINGS.match.yours}</span>}
    </div>
  );
}

function Countdown({ seconds }: { seconds: number }) {
  if (seconds <= 0) return null;
  return (
    <strong key={seconds} class="match-countdown figures">
      {seconds}
    </strong>
  );
}

const keyOf = (line: Objective) => (line.kind === "flag" ? `flag-${line.team}` : line.kind);

/** For spectators, who take no side. */
function flagOf(team: number) {
  const { dropped, carried } = STRINGS.match.flag.ofTeam;
  return { dropped: dropped(team + 1), carried: (name: string) => carried(name, team + 1) };
}

function ObjectiveLine({ line }: { line: Objective }) {
  if (line.kind === "hill") {
    const { team: byTeam, ...hill } = STRINGS.match.hill;
    const text = line.holder === "team" ? byTeam(line.team + 1) : hill[line.holder];
    return (
      <p
        class={`objective glass objective-${line.holder}`}
      >{`${text} · ${STRINGS.match.hillMoves(line.movesInSec)}`}</p>
    );
  }
  if (line.where === "home") return null;
  const whose = line.whose === "nobody" ? flagOf(line.team) : STRINGS.match.flag[line.whose];
  return (
    <p class="objective glass" style={{ color: teamHue(line.team) }}>
      {line.where === "dropped" ? whose.dropped : whose.carried(line.carrier)}
    </p>
  );
}
