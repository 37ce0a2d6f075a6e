/** The leaderboard: by mode, of a season or of this week. It asks again while it is in sight, and rows move to their new places. */
import { useEffect, useState } from "preact/hooks";
import type { Failure, LeaderboardQuestion } from "#client/progressCalls.ts";
import { Pane } from "#client/ui/front/Pane.tsx";
import { Button } from "#client/ui/kit/Button.tsx";
import { Choice } from "#client/ui/kit/fields.tsx";
import { Select } from "#client/ui/kit/Select.tsx";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import type { Leaderboard as Table } from "#shared/protocol/progress.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { Waiting, whyOf } from "./Asked.tsx";
import { LadderTable } from "./LadderTable.tsx";
import { ladderQuestion, pastSeasons } from "./ladderView.ts";
import { pollInSight } from "./pollInSight.ts";

const ASK_EVERY_MS = 5_000;

export function Leaderboard() {
  const question = ladderQuestion.value;
  const key = `${question.mode} ${question.span} ${question.at}`;
  return (
    <Pane title={STRINGS.progress.leaderboard} isRead size="large">
      <Filters />
      <LiveTable key={key} question={question} />
    </Pane>
  );
}

function Filters() {
  const now = ladderQuestion.value;
  const words = STRINGS.progress.ladder;
  const set = (change: Partial<LeaderboardQuestion>) => {
    ladderQuestion.value = { ...now, ...change };
  };
  const season = (at: string) => {
    const [year = "", quarter = ""] = at.split("-");
    return { value: at, text: words.seasonOf(quarter, year) };
  };
  return (
    <div class="ladder-filters">
      <Choice
        look="chips"
        name={STRINGS.front.mode}
        value={now.mode}
        set={(mode) => set({ mode })}
        options={(Object.keys(STRINGS.modes) as ModeName[]).map((value) => ({
          value,
          text: STRINGS.modes[value],
        }))}
      />
      <Select
        name={words.span}
        value={now.span === "week" ? WEEK : (now.at ?? SEASON)}
        options={[
          { value: SEASON, text: words.thisSeason },
          { value: WEEK, text: words.week },
          ...pastSeasons(Date.now()).map(season),
        ]}
        set={(value) =>
          set({
            span: value === WEEK ? "week" : "season",
            at: value === WEEK || value === SEASON ? undefined : value,
          })
        }
      />
    </div>
  );
}

const [SEASON, WEEK] = ["season", "week"];

function LiveTable({ question }: { question: LeaderboardQuestion }) {
  const { table, failure, ask } = useLiveTable(question);
  return (
    <div class="pane-body page" aria-busy={!table && !failure}>
      {failure && <Failed why={failure} isShown={table !== undefined} again={ask} />}
      {table ? <LadderTable of={table} /> : !failure && <Waiting />}
    </div>
  );
}

/** A failure leaves the last table in place. */
function useLiveTable(question: LeaderboardQuestion) {
  const { lasting } = useIntents();
  const [table, setTable] = useState<Table>();
  const [failure, setFailure] = useState<Failure>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isGone = false;
    const ask = async () => {
      try {
        const now = await lasting.leaderboard(question);
        if (isGone) return;
        setTable(now);
        setFailure(undefined);
      } catch (error) {
        if (!isGone) setFailure(whyOf(error));
      }
    };
    const stop = pollInSight(ask, ASK_EVERY_MS);
    return () => {
      isGone = true;
      stop();
    };
  }, [turn]);
  return { table, failure, ask: () => setTurn(turn + 1) };
}

interface FailedProps {
  why: Failure;
  /** Whether a table from before is in sight. */
  isShown: boolean;
  again(): void;
}

function Failed({ why, isShown, again }: FailedProps) {
  const words = STRINGS.progress;
  return (
    <div class="page-empty" role="status">
      <p>{isShown ? words.ladder.stale : STRINGS.account.failures[why]}</p>
      {!isShown && (
        <Button look="plain" onPress={again}>
          {words.again}
        </Button>
      )}
    </div>
  );
}
