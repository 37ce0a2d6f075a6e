/** What a room process tells the front without being asked: that it lives, and its load. */
import { matchMaker } from "@colyseus/core";
import type { Channel } from "./processes/channel.ts";
import { BEAT_MS, LoadMeter } from "./processes/load.ts";

export function sendBeats(channel: Channel): void {
  const meter = new LoadMeter();
  const beat = () => {
    const { roomCount: rooms, ccu: clients } = matchMaker.stats.local;
    const memoryBytes = process.memoryUsage.rss();
    channel.tell({ is: "beat", load: meter.sample(performance.now()), rooms, clients, memoryBytes });
  };
  beat();
  setInterval(beat, BEAT_MS);
}
