import { expect, test } from "vitest";
import { aListing } from "#server/testing/listing.ts";
import { FOUND_MAX, LISTED_MAX, LocalDirectory, type RoomRow } from "./directory.ts";

const aRow = (roomId: string, clients: number, playersMax = 16): RoomRow => ({
  ...{ roomId, name: "arena", processId: "one", clients, maxClients: playersMax, locked: false },
  ...{ private: false, unlisted: false },
  metadata: { ...aListing({ playersMax, players: clients }), points: null },
});

test("[DIRECTORY-1] full rooms, however many, do not hide the one that has a place", async () => {
  const directory = new LocalDirectory();
  for (let at = 0; at <= FOUND_MAX; at++) directory.put(aRow(`FULL${at}`, 16));
  directory.put(aRow("PLACE", 3));
  const [first] = await directory.withPlace(undefined);
  expect(first?.roomId).toBe("PLACE");
});

test("[DIRECTORY-2] the public list is a page of the fullest rooms", async () => {
  const directory = new LocalDirectory();
  for (let at = 0; at < LISTED_MAX + 50; at++) directory.put(aRow(`R${at}`, at % 16));
  const listed = await directory.listed();
  expect(listed).toHaveLength(LISTED_MAX);
  expect(listed[0]?.clients).toBe(15);
});

test("[DIRECTORY-3] a process that ends takes no room with it that another one has opened again", () => {
  const directory = new LocalDirectory();
  directory.put(aRow("MOVED", 2));
  directory.put({ ...aRow("MOVED", 2), processId: "two" });
  directory.remove("MOVED", "one");
  expect(directory.own.get("MOVED")?.processId).toBe("two");
  directory.remove("MOVED", "two");
  expect(directory.own.size).toBe(0);
});

test("[DIRECTORY-4] a room that was restored or has moved here is known after its end, and one that is reopened is no new code", async () => {
  const directory = new LocalDirectory();
  directory.put(aRow("KNOWN", 2));
  directory.remove("KNOWN", "one");
  expect([await directory.wasDrawn("KNOWN"), await directory.drawCode("KNOWN")]).toEqual([true, false]);
  expect([directory.isOwn("KNOWN"), directory.isOwn("OPENS")]).toEqual([false, false]);
  directory.settled = async () => {};
  expect([directory.isOwn("OPENS"), await directory.drawCode("OPENS")]).toEqual([true, false]);
});
