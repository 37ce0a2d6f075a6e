/** Where the tools write their reports: loadtest/reports, which git ignores. */
import { fileURLToPath } from "node:url";

export const REPORTS_FOLDER = fileURLToPath(new URL("../reports/", import.meta.url));

/** "2026-01-31T12:30:45.678Z" → "2026-01-31T12-30-45", which every file system takes as a name. */
export const fileStamp = (isoDate: string): string => isoDate.slice(0, 19).replaceAll(":", "-");
