/** The requests to what lasts: every route, valid and spoilt, as nobody and as a guest. */
import { expect, test } from "vitest";
import { whatIsWrong } from "#loadtest/fuzz/sendRequests.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { lastingRequest, ODD_TEXTS, spoilt } from "./lastingRequests.ts";

const random = seededRandom(8);
const requests = Array.from({ length: 6000 }, () => lastingRequest(random));

test("[FUZZ-38] every route of what lasts is asked, by a guest too unless it ends the guest", () => {
  const { me, signOut, accountDelete, ...all } = ROUTE;
  const names = Object.entries({ me, signOut, accountDelete, ...all }).filter(([, route]) =>
    /^\/api\/(?:me|account|signin|players|leaderboard|matches)|^\/u\/|^\/m\/|^\/career|^\/leaderboard/.test(
      route,
    ),
  );
  expect(names.length).toBeGreaterThan(20);
  for (const [name, route] of names) {
    const path = new RegExp(`^[A-Z]+ ${route.replace(/:\w+/g, "[^/ ?]*")}[? ]`);
    const asked = requests.filter((text) => path.test(text));
    expect(asked.length, name).toBeGreaterThan(20);
    const isEnding = route === signOut || route === accountDelete;
    const isPosted = (text: string) => text.startsWith("POST") && text.includes("{guest}");
    if (isEnding) expect(asked.filter(isPosted), name).toEqual([]);
    else expect(asked.filter((text) => text.includes("{guest}")).length, name).toBeGreaterThan(5);
  }
});

test("[FUZZ-39] a spoilt body differs from the valid one, in every part of it", () => {
  const body = { flow: "x", response: { id: "a", response: { signature: "b" } } };
  const made = Array.from({ length: 800 }, () => spoilt(random, body) as typeof body | null | undefined);
  expect(made.filter((each) => JSON.stringify(each) === JSON.stringify(body))).toEqual([]);
  const parts = [
    made.filter((each) => each?.flow !== "x"),
    made.filter((each) => each?.response?.id !== "a"),
    made.filter((each) => each?.response?.response?.signature !== "b"),
  ];
  for (const part of parts) expect(part.length).toBeGreaterThan(50);
  const texts = JSON.stringify(made);
  for (const text of ODD_TEXTS) expect(texts).toContain(JSON.stringify(text));
});

test("[FUZZ-40] an answer that shows words of the database, or opens itself to pages with cookies, is wrong", () => {
  const answer = (body: string, headers: Record<string, string> = {}) => ({
    ...{ status: 400, body },
    headers: new Map(Object.entries(headers)),
  });
  const wrong = (...given: Parameters<typeof answer>) => whatIsWrong(answer(...given), "http://a.example");
  expect(wrong("UNIQUE constraint failed: player.folded")).toContain("database");
  expect(wrong('syntax error at or near "DROP"')).toContain("database");
  expect(wrong("No player has this name.", { "access-control-allow-origin": "*" })).toBeUndefined();
  const withCookies = { "access-control-allow-origin": "*", "access-control-allow-credentials": "true" };
  expect(wrong("", withCookies)).toContain("CORS");
  expect(wrong("", { "access-control-allow-origin": "http://b.example" })).toContain("CORS");
});
