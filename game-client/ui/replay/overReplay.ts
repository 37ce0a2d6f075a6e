/** The part of the page that a replay needs, on its page and in a room. */
export { ReplayScreen } from "./ReplayScreen.tsx";
export { ScreenedRoom } from "./ScreenedRoom.tsx";
