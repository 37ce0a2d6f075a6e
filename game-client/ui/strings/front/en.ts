/** The title's ways into rooms, and why one is back there, in English. A part of ../en.ts. */

export const frontEn = {
  host: "Host a room",
  browse: "Browse rooms",
  byCode: "Join by code",
  back: "Back to the title",
  loading: "One moment",
  notLoaded: {
    title: "A part of the page is missing",
    body: "It could not be fetched: the connection failed, or there is a new version.",
  },
  mode: "Mode",
  anyMode: "Any mode",
  /** Why the server let nobody in; by REFUSAL's names. What is not here is shown in the server's words. */
  refused: {
    badToken: "The server did not know you any more. Try again.",
    roomUnknown: "There is no such room any more.",
    roomEnded: "This room has ended.",
    roomLocked: "The host has locked this room: nobody new comes in for now.",
    tooMany: "Too many tries in a short time. Wait a moment, then try again.",
    wrongPassword: "That is not the password.",
    banned: "The host has banned you from this room.",
    roomFull: "This room is full.",
    noSpectators: "Nobody may watch in this room.",
    badSettings: "The server does not take these settings.",
    serverFull: "This server is full. Try again in half a minute.",
  },
  /** Why a room was left without a wish to. */
  ended: {
    kicked: "The host has shown you out. You may come back.",
    banned: "The host has banned you from the room.",
    takenOver: "You play on in another tab: it has taken your place over.",
    roomEnded: "The room stood empty for too long, and has ended.",
    gone: "The room is gone: it did not outlive the server’s restart.",
  },
  offers: {
    backToRoom: "Back to the room",
    takeBack: "Take it back here",
    otherRooms: "Browse rooms",
    hostAgain: "Host it again",
  },
} as const;
