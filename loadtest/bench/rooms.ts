/** How clients ask for the rooms of the two Colyseus servers. */
export const FIELD_ROOM = "field";
export const TUTORIAL_ROOM = "tutorial";
