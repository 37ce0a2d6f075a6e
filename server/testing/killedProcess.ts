/** Stands in for a room process that is killed, as when memory runs out, soon after it is up. */
const hello = { is: "hello", pid: process.pid, processId: String(process.pid), protocol: 0, schema: "" };
process.send?.(hello, () => process.kill(process.pid, "SIGKILL"));
