/** The whole scoreboard, while its key or button is held, or after a tap on the score list. It lies over everything but dialogs. */
import type { ComponentChildren } from "preact";
import { deviceInUse } from "#client/deviceInUse.ts";
import { teamHue } from "#client/palette.ts";
import { Button } from "#client/ui/kit/Button.tsx";
import { count } from "#client/ui/kit/figures.ts";
import { CloseIcon } from "#client/ui/kit/icons.tsx";
import { MapName } from "#client/ui/kit/MapName.tsx";
import { ModeIcon } from "#client/ui/kit/ModeIcon.tsx";
import { TeamMark } from "#client/ui/kit/TeamMark.tsx";
import { isDecided, type MatchView, match, scores, scoresHeld } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { looksOf, ScorePerson, ShownTitle } from "./ScorePerson.tsx";
import { columnsOf, type RankedLine, type ScoreColumn, soleLeaderOf } from "./scoreLayout.ts";

export function Scoreboard() {
  const all = scores.value;
  const now = match.value;
  if (!scoresHeld.value || !now || all.length === 0) return null;
  const teams = now.sides.map(({ team }) => team);
  const columns = columnsOf(all, teams);
  const rows = Math.max(...columns.map(({ lines }) => lines.length));
  const isPressed = deviceInUse.value === "touch" || isDecided.value;
  const looks = ["board", "glass", columns.length > 1 && "board-wide", isPressed && "board-pressed"];
  return (
    <div class="over-view" translate={false}>
      <section
        class={looks.filter(Boolean).join(" ")}
        style={{ "--rows": rows }}
        aria-label={STRINGS.settings.actions.scores}
      >
        <Head of={now} isPressed={isPressed} />
        <div class="board-columns">
          {columns.map((column, index) => (
            <Column
              key={column.team ?? index}
              of={column}
              now={now}
              leader={soleLeaderOf(all)}
              isOnly={columns.length === 1}
            />
          ))}
        </div>
      </section>
    </div>
  );
}

function Head({ of, isPressed }: { of: MatchView; isPressed: boolean }) {
  return (
    <header class="board-head">
      <ModeIcon mode={of.mode} />
      <strong>{STRINGS.modes[of.mode]}</strong>
      <MapName map={of.map} />
      <span class="board-limit">{STRINGS.scores.to(count(of.scoreLimit))}</span>
      {isPressed && (
        <Button
          look="icon"
          label={STRINGS.scores.close}
          onPress={() => {
            scoresHeld.value = false;
          }}
        >
          <CloseIcon />
        </Button>
      )}
    </header>
  );
}

/** The counts of modes besides points. */
const OBJECTIVES: Partial<Record<ModeName, "flags" | "hill">> = {
  captureTheFlag: "flags",
  kingOfTheHill: "hill",
};

interface ColumnProps {
  of: ScoreColumn;
  now: MatchView;
  leader: string | undefined;
  isOnly: boolean;
}

function Column({ of: { team, lines }, now, leader, isOnly }: ColumnProps) {
  const objective = OBJECTIVES[now.mode];
  return (
    <table class="board-table">
      <Caption team={team} lines={lines} now={now} isOnly={isOnly} />
      <Heads objective={objective} />
      <tbody>
        {lines.map((line) => (
          <Line key={line.id} line={line} leads={line.id === leader} objective={objective} />
        ))}
      </tbody>
    </table>
  );
}

type CaptionProps = Pick<ScoreColumn, "team" | "lines"> & { now: MatchView; isOnly: boolean };

/** A team's name and points; of one of two columns without teams, the places in it, for screen readers. */
function Caption({ team, lines, now, isOnly }: CaptionProps) {
  const { title, team: nameOf, places } = STRINGS.scores;
  const side = now.sides.find((each) => each.team === team);
  if (team === undefined || !side) {
    const part = isOnly ? title : `${title}, ${places(lines[0]?.rank ?? 0, lines.at(-1)?.rank ?? 0)}`;
    return (
      <caption>
        <span class="visually-hidden">{part}</span>
      </caption>
    );
  }
  return (
    <caption class="board-team" style={{ color: teamHue(team) }}>
      <span class="board-team-line">
        <TeamMark team={team} />
        <strong>{nameOf(team + 1)}</strong>
        {side.own && <span class="match-yours">{STRINGS.match.yours}</span>}
        <strong class="board-team-score figures">{side.score}</strong>
      </span>
    </caption>
  );
}

function Heads({ objective }: { objective: "flags" | "hill" | undefined }) {
  const words = STRINGS.scores;
  return (
    <thead>
      <tr>
        <ColumnHead short="" text={words.rank} look="rank" />
        <ColumnHead short="" text={words.name} look="name" />
        <ColumnHead short={words.score} text={words.score} look="points" />
        <ColumnHead short={words.short.kills} text={STRINGS.progress.match.kills} look="count" />
        <ColumnHead short={words.short.deaths} text={STRINGS.progress.match.deaths} look="count" />
        <ColumnHead short={words.short.assists} text={STRINGS.progress.match.assists} look="count" />
        {objective && (
          <ColumnHead
            short={words.short[objective]}
            text={STRINGS.progress.match[objective]}
            look="objective"
          />
        )}
        <ColumnHead short={STRINGS.pingUnit} text={words.ping} look="ping" />
      </tr>
    </thead>
  );
}

/** A short text to see, and the whole word to hear. */
function ColumnHead({ short, text, look }: { short: string; text: string; look: string }) {
  return (
    <th scope="col" class={`board-${look}`} title={text}>
      <span aria-hidden="true">{short}</span>
      <span class="visually-hidden">{text}</span>
    </th>
  );
}

interface LineProps {
  line: RankedLine;
  leads: boolean;
  objective: "flags" | "hill" | undefined;
}

function Line({ line, leads, objective }: LineProps) {
  return (
    <tr class={looksOf(line)}>
      <Figure look="rank">{line.rank}</Figure>
      <th scope="row" class="board-name">
        <ScorePerson line={line} leads={leads} />
        <ShownTitle of={line} />
        {line.level > 0 && <Level level={line.level} />}
      </th>
      <Figure look="points">{line.score}</Figure>
      <Figure look="count">{line.kills}</Figure>
      <Figure look="count">{line.deaths}</Figure>
      <Figure look="count">{line.assists}</Figure>
      {objective && (
        <Figure look="objective">
          {objective === "hill" ? STRINGS.seconds(line.objective) : line.objective}
        </Figure>
      )}
      <Figure look="ping">{line.pingMs > 0 ? line.pingMs : "–"}</Figure>
    </tr>
  );
}

const Figure = ({ look, children }: { look: string; children: ComponentChildren }) => (
  <td class={`board-${look} figures`}>{children}</td>
);

function Level({ level }: { level: number }) {
  return (
    <span class="board-level figures">
      <span class="visually-hidden">{STRINGS.progress.level(level)}</span>
      <span aria-hidden="true">{level}</span>
    </span>
  );
}
