/** Returns the title that the page shows for a map. */

/** A map is called by its file's name: "foundry" → "Foundry", "old-mill" → "Old mill". */
export const mapTitle = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[-_]+/g, " ");
