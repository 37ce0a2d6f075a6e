/** Stands in for a room process that fails at its start. */
process.exit(7);
