/** Runs inside a server that a load test has started (`node --import`): it must not outlive who needs it. */
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
