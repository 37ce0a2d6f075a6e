import type { Client } from "@colyseus/core";
import { expect, test } from "vitest";
import { Outbox } from "./outbox.ts";

const bytes = (...values: number[]) => Uint8Array.of(...values);

function newClient() {
  const sent: Uint8Array[] = [];
  return { sent, client: { raw: (frame: Uint8Array) => void sent.push(frame) } as unknown as Client };
}

test("[OUTBOX-1] messages are held in their order until the patch has been sent, also when it fails and comes again", () => {
  const outbox = new Outbox();
  const { client } = newClient();
  outbox.hold(client, bytes(1));
  outbox.hold(client, bytes(2));
  expect(outbox.heldFor(client)).toEqual([bytes(1), bytes(2)]);
  expect(outbox.heldFor(client)).toEqual([bytes(1), bytes(2)]);
  expect(outbox.heldFor(newClient().client)).toEqual([]);
  outbox.clear();
  expect(outbox.heldFor(client)).toEqual([]);
});

test("[OUTBOX-2] a flush sends one client's messages, once", () => {
  const outbox = new Outbox();
  const [ann, bob] = [newClient(), newClient()];
  for (const { client } of [ann, bob]) outbox.hold(client, bytes(1));
  outbox.flush(ann.client);
  outbox.flush(ann.client);
  expect(ann.sent).toEqual([bytes(1)]);
  expect(bob.sent).toEqual([]);
  expect(outbox.heldFor(bob.client)).toEqual([bytes(1)]);
});
