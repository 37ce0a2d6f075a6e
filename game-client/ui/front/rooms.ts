/** One chunk for the screens that find a room: a player who opens one of them mostly opens another. */
export { Browse } from "./Browse.tsx";
export { CodeEntry } from "./CodeEntry.tsx";
export { Gate } from "./Gate.tsx";
