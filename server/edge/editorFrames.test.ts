/** Frames of an editor's connection, which has longer lists than an arena's, checked with frames that the SDK writes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytes, JOIN, PatientGuard, RATES, sdkRoom } from "#server/testing/wireFrames.ts";
import { type Edit, RUNS_MAX, type Run } from "#shared/editor/edit.ts";
import { edits } from "#shared/editor/testing/arbitraries.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { EDITOR_FRAME_MAX_BYTES, EDITOR_MESSAGE, EDITOR_MESSAGES } from "#shared/protocol/editor.ts";
import { FrameGuard } from "./frameGuard.ts";
import { EDITOR_SOCKET } from "./socketBounds.ts";

function joined(rules: ConstructorParameters<typeof FrameGuard>[0]): FrameGuard {
  const guard = new FrameGuard(rules, 0);
  guard.judge(JOIN, true, 0);
  return guard;
}

/** The frames that the SDK sends for these messages. */
function framesOf(type: string, ...messages: unknown[]): Buffer[] {
  const { room, sent } = sdkRoom();
  for (const message of messages) room.send(type, message);
  return sent;
}

const longPaint = (count: number): Edit => ({
  do: "paint",
  layer: "walls",
  value: 1,
  runs: Array.from({ length: count }, (_, at): Run => [at % 96, at % 90, 3]),
});

test("[GUARD-30] an editor's guard passes every command that a page may send, however long its lists are", () => {
  const long = fc.integer({ min: 0, max: RUNS_MAX }).map(longPaint);
  const all = fc.oneof(
    edits,
    fc.array(long, { minLength: 1, maxLength: 12 }),
    fc.array(edits, { maxLength: 40 }),
  );
  fc.assert(
    fc.property(all, fc.integer({ min: 1, max: 2 ** 32 - 1 }), (some, n) => {
      const command = { n, do: "edit", edits: some.flat(), group: n };
      for (const frame of framesOf(EDITOR_MESSAGE.edit, command))
        if (frame.length <= EDITOR_FRAME_MAX_BYTES)
          expect(joined(EDITOR_SOCKET).judge(frame, true, 0)).toBeUndefined();
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("[GUARD-31] a list that is cut off, or nested deeper than an edit, is no frame of an editor", () => {
  const [whole] = framesOf(EDITOR_MESSAGE.edit, { n: 1, do: "edit", edits: [longPaint(300)] });
  if (!whole) throw new Error("nothing was sent");
  for (const length of [30, 60, whole.length - 1])
    expect(joined(EDITOR_SOCKET).judge(whole.subarray(0, length), true, 0)?.code).toBe(CLOSE.badFrame);
  const deep = framesOf(EDITOR_MESSAGE.edit, { a: [[[[[[1]]]]]] });
  expect(joined(EDITOR_SOCKET).judge(deep[0] ?? bytes(), true, 0)?.code).toBe(CLOSE.badFrame);
  const [vote = bytes()] = framesOf("vote", { choice: 1 });
  expect(joined(EDITOR_SOCKET).judge(vote, true, 0)?.code).toBe(CLOSE.badFrame);
});

test("[GUARD-32] an arena takes neither long lists nor an editor's messages", () => {
  const [chat] = framesOf("chat", longPaint(20));
  expect(new PatientGuard().judge(chat ?? bytes())?.code).toBe(CLOSE.badFrame);
  const [edit] = framesOf(EDITOR_MESSAGE.edit, { n: 1, do: "undo" });
  expect(joined({ messages: RATES }).judge(edit ?? bytes(), true, 0)?.code).toBe(CLOSE.badFrame);
});

test("[GUARD-33] a long frame counts as one for each 4 KiB of it", () => {
  const frames = framesOf(EDITOR_MESSAGE.edit, { n: 1, do: "edit", edits: Array(12).fill(longPaint(1_000)) });
  const [frame = bytes()] = frames;
  const guard = joined(EDITOR_SOCKET);
  const count = Math.floor(
    (EDITOR_MESSAGES[EDITOR_MESSAGE.edit]?.burst ?? 0) / Math.ceil(frame.length / 4096),
  );
  for (let at = 0; at < count; at++) expect(guard.judge(frame, true, 0)).toBeUndefined();
  expect(guard.judge(frame, true, 0)?.code).toBe(CLOSE.tooFast);
});
