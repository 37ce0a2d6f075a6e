/** The small screens that lead into rooms, fetched together: who sees one mostly sees the next. */
export { Browse } from "./Browse.tsx";
export { CodeEntry } from "./CodeEntry.tsx";
export { Gate } from "./Gate.tsx";
