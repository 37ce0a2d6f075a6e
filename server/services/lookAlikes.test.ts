import { expect, test } from "vitest";
import { cleanPlayerName } from "#shared/protocol/playerName.ts";
import { skeletonOf } from "./lookAlikes.ts";

test.each([
  ["Ann", "Аnn"],
  ["Boss", "Вoѕѕ"],
  ["HENRY", "ΗΕΝRΥ"],
  ["Bill", "BiIl"],
  ["BILL", "bill"],
  ["Moe", "M0е"],
  ["Player 1", "PIayer l"],
  ["Marnie", "Mamie"],
  ["Zoë", "Zoё"],
  ["Kid", "Ｋｉｄ"],
  ["Vivi", "Ⅵⅵ"],
  ["Owl", "Ovvl"],
  ["Sascha", "𝓢аｓсһα"],
])("[LOOK-ALIKE-1] %j and %j look alike", (one, other) => {
  expect(skeletonOf(cleanPlayerName(other))).toBe(skeletonOf(cleanPlayerName(one)));
});

test.each([
  ["Ann", "Anna"],
  ["Zoë", "Zoe"],
  ["Анна", "Anna"],
  ["Иван", "Ivan"],
  ["李小龙", "李小明"],
  ["Ann 2", "Ann 3"],
  ["👍", "👎"],
])("[LOOK-ALIKE-2] %j and %j do not", (one, other) => {
  expect(skeletonOf(other)).not.toBe(skeletonOf(one));
});

test("[LOOK-ALIKE-3] characters that draw nothing do not tell texts apart", () => {
  const all = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
  const telling = all
    .filter((character) => /\p{Default_Ignorable_Code_Point}/u.test(character))
    .filter((character) => skeletonOf(`Ann${character} \u2764${character}`) !== skeletonOf("Ann \u2764"));
  expect(telling).toEqual([]);
});
