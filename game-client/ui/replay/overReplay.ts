/** The part of the page that a replay needs. */
export { ReplayScreen } from "./ReplayScreen.tsx";
