/** Every text that the page shows, in English; another language is another table of this shape. */

export const STRINGS = {
  tagline: "Drop in. Shoot straight. Stay up.",
  pitch: "A top-down arena fight for many players, right here in your browser.",
  nameLabel: "Your name",
  play: "Play",
  controls: {
    title: "Controls",
    move: "move",
    or: "or",
    aim: "aim",
    mouse: "Mouse",
    hold: "Hold",
    fire: "fire",
    mute: "mute",
    keys: { up: "W", left: "A", down: "S", right: "D", mute: "M" },
    arrows: "Arrow keys",
  },
  muteOn: "Mute sound",
  muteOff: "Turn sound on",
  leave: "Leave the arena",
  joining: { title: "Joining the arena", body: "Finding you a place to start." },
  health: "Health",
  scores: {
    title: "Scores",
    rank: "Place",
    name: "Name",
    score: "Score",
    bot: "bot",
    away: "away",
    you: "you",
    team: (number: number) => `Team ${number}`,
  },
  feed: { title: "Latest kills", destroyed: "destroyed" },
  ping: (ms: number) => `Round trip ${ms} milliseconds`,
  pingUnit: "ms",
  respawn: {
    destroyed: "Destroyed",
    destroyedBy: "Destroyed by",
    backIn: "Back in",
    now: "Here you go",
  },
  dropped: {
    title: "Connection lost",
    body: "Trying to reconnect. Your place is kept for",
    seconds: (seconds: number) => `${seconds} s`,
    spoken: "Connection lost. Trying to reconnect; your place is kept.",
  },
  restarting: {
    title: "The server is restarting",
    body: "Nothing to do: this page joins again by itself as soon as the server is back. That rarely takes a minute.",
  },
  unreachable: {
    title: "Cannot reach the server",
    body: "Check your connection, then try again.",
    again: "Try again",
  },
  stale: {
    title: "There is a new version",
    body: "Fracas was updated while this page was open. Reload to get the new version and play on.",
    reload: "Reload",
  },
  /** A name is offered to who has none: one of the first, a space, one of the second; 16 characters at most. */
  callSigns: {
    first: ["Quiet", "Swift", "Amber", "Iron", "Lucky", "Neon", "Wild", "Clever", "Grim", "Velvet"],
    second: ["Comet", "Moth", "Otter", "Falcon", "Spark", "Badger", "Kestrel", "Ember", "Lynx", "Pike"],
  },
} as const;
