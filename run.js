/**
 * Runs a TypeScript file of this project, as `node FILE` does, or says what to do under a Node that cannot. Without FILE
 * it only checks. Without imports and exports, so that every Node can read it.
 */
if (process.features.typescript) {
  const [file] = process.argv.splice(2, 1);
  if (file) {
    process.argv[1] = file;
    import(`./${file}`);
  }
} else {
  console.error(
    `Node ${process.version} cannot run TypeScript: Fracas needs Node 24. "npm install" brings it for npm's scripts, such ` +
      `as "npm start", unless --ignore-scripts or --omit=dev is set. To start without npm, install Node 24 or newer.`,
  );
  process.exitCode = 1;
}
