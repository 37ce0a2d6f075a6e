/** Names of accounts: which count as the same, and which nobody may have. */
import { describe, expect, test } from "vitest";
import { FOUL_WORDS, isFoul } from "#server/services/wordFilter.ts";
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { BOT_NAMES, cleanPlayerName, DEFAULT_NAME } from "#shared/protocol/playerName.ts";
import { foldName, readAccountName } from "./names.ts";

describe("foldName", () => {
  test.each([
    ["Ann", "ANN", "ann", "A n n", "a.n-n_", "Аnn", "'Ann'", "\u201cAnn\u201d", "Ann!", "\u02bcAnn\u02bb"],
    ["Ann", "A\u034fnn", "Ann\ufe0f", "A\u{e0100}nn", "An\u180bn", "A\ufeffnn", "A\u{16fe4}nn"],
    ["\u2764", "\u2764\ufe0f", "\u2764\ufe0e"],
    ["Will", "WIIl", "wi11", "W|ll", "Vvill"],
    ["Moon 10", "m00nlo", "МООN-IO"],
    ["Bernd", "Bemd"],
  ])("[ACCOUNT-NAME-1] is equal for %s and its look-alikes", (name, ...others) => {
    for (const other of others)
      expect([other, foldName(cleanPlayerName(other))]).toEqual([other, foldName(name)]);
  });

  test.each([
    ["Ann", "Anna"],
    ["Ann", "Ann 2"],
    ["Ann 2", "Ann 3"],
    ["Jürgen", "Jurgen"],
    ["Ánna", "Anna"],
    ["Fox 🦊", "Fox 🐺"],
    ["!!!", "???"],
  ])("[ACCOUNT-NAME-2] tells %s and %s apart", (one, other) => {
    expect(foldName(one)).not.toBe(foldName(other));
  });

  test("[ACCOUNT-NAME-3] leaves something of every name", () => {
    for (const name of ["!", "...", "- -", "🦊", "`"]) expect(foldName(name)).not.toBe("");
  });
});

describe("readAccountName", () => {
  test.each(["Ann", "Ann 2", "Жанна", "花子", "x", "007", "Serverina", "Robot", "Abbot", "Admiral"])(
    "[ACCOUNT-NAME-4] accepts %s",
    (name) => expect(readAccountName(name)).toEqual({ is: "name", name, folded: foldName(name) }),
  );

  test("[ACCOUNT-NAME-5] refuses what the game gives out itself, with numbers and in look-alikes", () => {
    for (const name of [DEFAULT_NAME, ...BOT_NAMES, "Deleted player", "Bot", "Guest"])
      for (const spelled of [name, `${name} 2`, `${name} 10`, name.toUpperCase(), name.replaceAll("o", "0")])
        expect([spelled, readAccountName(spelled).is]).toEqual([spelled, "refused"]);
  });

  test("[ACCOUNT-NAME-6] refuses every word that rooms star", () => {
    const starred = [...FOUL_WORDS].filter((word) => word.length <= NAME_MAX_CHARS && isFoul(word));
    expect(starred.length).toBeGreaterThan(100);
    expect(starred.filter((word) => readAccountName(word).is === "name")).toEqual([]);
  });

  test("[ACCOUNT-NAME-7] cleans the name as rooms do", () => {
    expect(readAccountName("  A\u202ennn\u200b   Lee and a very long rest ")).toMatchObject({
      name: cleanPlayerName("  A\u202ennn\u200b   Lee and a very long rest "),
    });
  });

  const ordinary = [
    ...[
      "Modest",
      "Modena",
      "Mod3rn",
      "Adminova",
      "Staffan",
      "Unofficial",
      "Supporter",
      "Systematic",
      "Fracasso",
    ],
    ...["Robot", "Botany", "Abbot", "Dronette", "Rivetta", "Guesty", "Playera", "Big Drone", "Bot Hunter"],
    ...[
      "McArthur",
      "DeLuxe",
      "Zoë",
      "Ødmin",
      "Łukasz",
      "Ангел",
      "サーバー",
      "Jos\u00e9 3",
      "4ever",
      "$$$ 5",
      "A★B",
    ],
  ];
  test.each(ordinary)("[ACCOUNT-NAME-8] accepts what only resembles a reserved name: %s", (name) => {
    expect(readAccountName(name)).toMatchObject({ is: "name", name });
  });

  const official = [
    ...[
      "FracasAdmin",
      "FracasServer",
      "ServerAdmin",
      "fracasadmin",
      "Fracas1Admin",
      "Admins",
      "Mods",
      "Sysadmin",
    ],
    ...[
      "Admin★",
      "Admin+",
      "$Admin",
      "Admin=Ann",
      "Ann|Admin",
      "Admin\u02bc",
      "Admin🔧",
      "TheAdmin",
      "Real Admin 7",
    ],
    ...["Mod", "Mod 2", "Staff", "Official", "Support", "Game Staff", "Ann (mod)", "M.O.D."],
    ...["Ádmin", "Fracás", "A\u0336d\u0336m\u0336i\u0336n\u0336", "Ädmin ٣", "Admin\ufe0f", "Ad\u034fmin"],
    ...["4dm1n", "@dmin", "Adm!n", "$erver", "5taff 7", "0fficial", "Админ Аdmin", "Adrnin"],
  ];
  test.each(official)("[ACCOUNT-NAME-9] refuses what reads as staff or server: %s", (name) => {
    expect(readAccountName(name)).toMatchObject({ is: "refused", why: expect.stringContaining("server's") });
  });

  const given = [
    ...[
      "Drone7!",
      "Rivet★",
      "Bot ٣",
      "Bot ٣★",
      "★Drone★",
      "Dröne",
      "Bot १२",
      "7 Drone",
      "Dr0ne 7",
      "R!vet 10",
      "Bot ⁷",
    ],
    ...["Deleted+Player", "deleted\ufe0f player", "|Guest|2", "Rivet З", "Bot②", "R\u034fivet"],
  ];
  test.each(given)(
    "[ACCOUNT-NAME-10] refuses given names between signs, with marks or any digits: %s",
    (name) => {
      expect(readAccountName(name).is).toBe("refused");
    },
  );
});
