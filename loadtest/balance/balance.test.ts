/** The balance runner: replayable matches, options, figures and verdicts. */
import { describe, expect, test } from "vitest";
import { textTable } from "#loadtest/lib/text.ts";
import { median } from "#shared/figures/stats.ts";
import { byOffer, figuresOf } from "./figures.ts";
import { arenaOf, defaultPlayers } from "./offers.ts";
import { type Options, readOptions } from "./options.ts";
import { jobsOf, play } from "./plan.ts";
import { playAll } from "./playAll.ts";
import { reportPage } from "./report.ts";
import { judge } from "./targets.ts";

const options = (line: string) => readOptions(line.split(" ")) as Options;

describe("npm run balance", () => {
  test("[BALANCE-1] the same seed plays the same match, to the last figure", () => {
    const job = jobsOf(options("--map anvil --mode deathmatch --matches 1"))[0];
    if (!job) throw new Error("nothing to play");
    const first = play(job);
    expect(play(job)).toEqual(first);
    expect(first.record.ending).toBe("score");
    expect(first.record.contactSec).toHaveLength(defaultPlayers("anvil"));
  });

  test("[BALANCE-2] the error for a wrong option names it", () => {
    expect(() => options("--matches none")).toThrow("--matches");
    expect(() => options("--mode golf")).toThrow("--mode");
    expect(() => options("--map atlantis")).toThrow('no map "atlantis"');
    expect(options("--map anvil").offers.map(({ mode }) => mode)).toEqual([...arenaOf("anvil").modes]);
  });

  test("[BALANCE-3] figures, verdicts and the page are built from the same matches", () => {
    const played = jobsOf(options("--map anvil --matches 1")).map(play);
    const all = figuresOf(played);
    const shares = Object.values(all.killShare);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1);
    expect(byOffer(played).map(({ title }) => title)).toContain("anvil · kingOfTheHill");
    const verdicts = judge(played, { map: "anvil", matches: 10, share: 0.5 });
    expect(verdicts.find(({ what }) => what === "hard beats easy")?.ok).toBe(false);
    const page = reportPage({ played, verdicts, command: "npm run balance -- <anvil>", speed: "fast" });
    expect(page).toContain("&lt;anvil&gt;");
    expect(page).not.toMatch(/NaN|undefined|https?:/);
  });

  test("[BALANCE-5] a side's wins fail the target only if chance does not explain them", () => {
    const [job] = jobsOf(options("--map anvil --mode teamDeathmatch --matches 1"));
    if (!job) throw new Error("nothing to play");
    const { offer, record } = play(job);
    const markOf = (wins: number, of: number) => {
      const winners = Array.from({ length: of }, (_, index) => (index < wins ? 0 : 1));
      const played = winners.map((winningTeam) => ({ offer, record: { ...record, winningTeam } }));
      return judge(played, undefined).find(({ what }) => what === "first side's wins on anvil")?.mark;
    };
    expect([markOf(5, 10), markOf(3, 10), markOf(300, 1000), markOf(520, 1000)]).toEqual([
      "✓",
      "≈",
      "✗",
      "✓",
    ]);
  });

  test("[BALANCE-6] a run that is stopped early returns the matches played until then", async () => {
    const jobs = jobsOf(options("--map anvil --mode deathmatch --matches 5"));
    const stopped = new AbortController();
    const onPlayed = (done: number) => {
      if (done === 2) stopped.abort();
    };
    expect(await playAll(jobs, 1, { onPlayed, stop: stopped.signal })).toHaveLength(2);
  });

  test("[BALANCE-4] the columns of a table line up, and a median is the middle value", () => {
    expect(textTable(["a", "b"], [["long", "1"]])).toBe("a     b\n────  ─\nlong  1");
    expect(median([5, 1, 9])).toBe(5);
  });
});
