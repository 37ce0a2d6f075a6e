/** Preloaded into a server that a tool starts (`node --import`): ends the server when the tool is gone. */
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
