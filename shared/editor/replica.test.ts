/** Pages that draw together over networks that delay, lose and repeat their messages. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellAt, Draft } from "./draft.ts";
import type { Edit } from "./edit.ts";
import { edits } from "./testing/arbitraries.ts";
import { contentOf, fold, type Page, Session } from "./testing/session.ts";

const wall = (row: number, column: number): Edit => ({
  ...{ do: "paint", layer: "walls", value: 1 },
  runs: [[row, column, 1]],
});

type Act =
  | { readonly act: "edit"; readonly edits: Edit[] }
  | { readonly act: "undo" | "redo" | "up" | "down" | "twice" | "cut" | "reconnect" | "reload" };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant("edit" as const), edits }) },
  { weight: 8, arbitrary: fc.constantFrom("up" as const, "down" as const).map((name) => ({ act: name })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(
        "undo" as const,
        "redo" as const,
        "twice" as const,
        "cut" as const,
        "reconnect" as const,
        "reload" as const,
      )
      .map((name) => ({ act: name })),
  },
);

const ACTS: { readonly [Name in Act["act"]]: (page: Page, edits: Edit[]) => void } = {
  edit: (page, own) => page.send(page.replica.edit(own)),
  undo: (page) => page.send(page.replica.undo()),
  redo: (page) => page.send(page.replica.redo()),
  up: (page) => page.deliverUp(),
  twice: (page) => page.deliverUp(2),
  down: (page) => page.deliverDown(),
  cut: (page) => page.cut(),
  reconnect: (page) => page.reconnect(false),
  reload: (page) => page.reconnect(true),
};

/** Connects every page again, and delivers all messages. */
function settle(session: Session): void {
  for (const page of session.pages) if (!page.isConnected) page.reconnect(false);
  while (session.pages.some(({ up, down }) => up.length + down.length > 0)) {
    for (const page of session.pages) {
      page.deliverUp();
      page.deliverDown();
    }
  }
}

describe("Replica", () => {
  it("[EDIT-9] an own stroke shows at once, and stays when the room has it", () => {
    const session = new Session(1, new Draft(20, 12));
    const [page] = session.pages as [Page];
    page.send(page.replica.edit([wall(3, 4)]));
    expect(cellAt(page.replica.view.walls, 4, 3)).toBe(1);
    page.deliverUp();
    page.deliverDown();
    expect(cellAt(page.replica.view.walls, 4, 3)).toBe(1);
    expect(page.replica.pending).toEqual([]);
  });

  it("[EDIT-10] a stroke that the room refuses disappears with its acknowledgement", () => {
    const session = new Session(1, new Draft(20, 12));
    const [page] = session.pages as [Page];
    page.replica.edit([wall(3, 4)]);
    page.replica.follow(1);
    expect(cellAt(page.replica.view.walls, 4, 3)).toBe(0);
  });

  it("[EDIT-11] a page that reloads with commands on their way numbers the next one after them", () => {
    const session = new Session(1, new Draft(20, 12));
    const [page] = session.pages as [Page];
    page.cut();
    page.replica.edit([wall(3, 4)]);
    page.reconnect(true);
    expect(page.replica.edit([wall(3, 5)]).n).toBe(2);
  });

  it("[EDIT-12] however the acts of 2 to 6 editors interleave, with cuts, repeats, reloads and undo, all end with the room's draft, the fold of its log", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.array(fc.tuple(fc.nat(5), act), { maxLength: 120 }),
        (editors, acts) => {
          const session = new Session(editors, new Draft(20, 12));
          for (const [who, what] of acts) {
            const page = session.pages[who % editors] as Page;
            ACTS[what.act](page, what.act === "edit" ? what.edits : []);
          }
          settle(session);
          const there = contentOf(session.draft);
          for (const page of session.pages) {
            expect(page.replica.pending).toEqual([]);
            expect(contentOf(page.replica.view)).toEqual(there);
          }
          expect(contentOf(fold(session.start, session.log))).toEqual(there);
        },
      ),
      { numRuns: 400 },
    );
  });
});
