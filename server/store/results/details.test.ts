/** Tests the packed details of a match: complete, without identities and feats, small, and readable for ever. */
import { expect, test } from "vitest";
import { aPlayer, aResult, drawFrom, drawMatch } from "#server/testing/matches.ts";
import { packDetails, readDetails } from "./details.ts";
import type { MatchResult } from "./matchResult.ts";

/** The details that must come back: times in tenths of a second, no unfired weapons, no identities, no networks. */
function keptOf({ protocol, rules, how, teamScores, players }: MatchResult) {
  return {
    ...{ protocol, rules, how, teamScores },
    players: players.map(({ identity: _identity, network: _network, feats: _feats, ...player }) => player),
  };
}

test("[DETAILS-1] come back as they were, but for identities and networks, in matches of 0 to 64 players", () => {
  const draw = drawFrom(1);
  for (const players of [0, 1, 2, 8, 16, 64]) {
    for (let number = 0; number < 20; number++) {
      const match = drawMatch(draw, number, 50, players);
      expect(readDetails(packDetails(match))).toEqual(keptOf(match));
    }
  }
});

test("[DETAILS-2] names of any script, quotes and control characters come back", () => {
  for (const name of ['"', "\\", "Ä😀\u0000", "'); DROP TABLE match; --", "\u2028", ""]) {
    const match = aResult({
      players: [aPlayer({ name, weapons: {}, left: { why: "banned", afterSec: 12.3 } })],
    });
    expect(readDetails(packDetails(match))).toEqual(keptOf(match));
  }
});

test("[DETAILS-3] a match of eight takes less than 450 bytes on average", () => {
  const draw = drawFrom(2);
  const sizes = Array.from(
    { length: 200 },
    (_, number) => packDetails(drawMatch(draw, number, 200_000)).length,
  );
  expect(sizes.reduce((sum, size) => sum + size) / sizes.length).toBeLessThan(450);
});

/** Written by the first version of this layout. */
const FROZEN =
  "AX1SOQqAQAz8S+opXBU/E1J4la6NrX+XCeoeiORgIcskk4l6rWMxU5DDI5C6jDEKZFqZ53UTyLIfYi+dbxoc+daNID+vAqlaGROR0paDS+SatHjcoAPcCAE3gyb9hr5BFmXL+78VC1PeUhYG7f2a3IuGNbidCHYB";

test("[DETAILS-4] details that an earlier release has written stay readable", () => {
  expect(readDetails(Buffer.from(FROZEN, "base64"))).toEqual(keptOf(aResult()));
});

test("[DETAILS-5] damaged bytes throw, and bombs do not unpack", () => {
  const bytes = packDetails(aResult());
  expect(() => readDetails(new Uint8Array())).toThrow("unknown layout");
  expect(() => readDetails(Buffer.concat([Buffer.of(9), bytes]))).toThrow("unknown layout: 9");
  for (let length = 1; length < bytes.length; length++)
    expect(() => readDetails(bytes.subarray(0, length))).toThrow();
});
