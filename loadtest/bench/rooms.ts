/** How clients ask for the tutorial's room; Fracas has its own name for its arenas. */
export const TUTORIAL_ROOM = "tutorial";
