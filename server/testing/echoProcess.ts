/** A child process for tests of channels and hand-overs: it echoes what WebSockets send, and answers in odd ways. */
import { WebSocketServer } from "ws";
import type { Connection } from "#server/admission/rooms.ts";
import { Channel } from "#server/cluster/processes/channel.ts";
import { takeSocket } from "#server/cluster/processes/handOver.ts";
import type { Asked } from "#server/cluster/processes/messages.ts";

const sockets = new WebSocketServer({ noServer: true });

function upgrade({ request, socket, head }: Connection): void {
  sockets.handleUpgrade(request, socket, head, (client) => {
    client.on("message", (data) => client.send(`${request.url} ${request.headers.host} ${data}`));
    client.on("error", () => {});
  });
}

/** `code` of the question decides. */
function answer(asked: Asked) {
  const code = asked.of === "process" && asked.name === "open" ? asked.question.code : "";
  if (code === "NEVER") return new Promise<never>(() => {});
  if (code === "THROW") return Promise.reject(new Error("thrown by a test"));
  if (code === "ODD") return Promise.resolve({ ok: true, value: () => {} } as const);
  if (code === "EXIT") process.exit(3);
  return Promise.resolve({ ok: true, value: asked } as const);
}

const channel = new Channel(process, {
  answer,
  take(message, socket) {
    if (message.is === "stop") process.exit(0);
    if (message.is !== "socket") return;
    takeSocket(message, socket, upgrade, () => channel.tell({ is: "closed", number: message.number }));
  },
  gone: () => process.exit(0),
});
channel.tell({ is: "hello", pid: process.pid, processId: "", protocol: 0, schema: "" });
