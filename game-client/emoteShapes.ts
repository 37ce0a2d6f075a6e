/** The shapes of emotes and pings: SVG path data on a unit square, filled by the even-odd rule. Page and arena draw them. */
import type { EmoteName, PingName } from "#shared/schema/names.ts";
import { disc } from "./looks.ts";

const FACE = disc(0.5, 0.5, 0.46);

export const EMOTE_PATHS: Readonly<Record<EmoteName, string>> = {
  wave: "M.3 .94L.12 .62 .21 .54 .3 .66V.22H.4V.5H.43V.1H.53V.5H.56V.14H.66V.52H.69V.26H.79V.74L.7 .94Z",
  nice: "M.07 .44H.26V.92H.07ZM.32 .44 .48 .08Q.64 .06 .62 .24L.58 .38H.86Q.96 .4 .93 .52L.85 .86Q.83 .92 .76 .92H.32Z",
  thanks:
    "M.5 .92C.1 .62 .04 .46 .04 .35C.04 .18 .16 .1 .27 .1C.38 .1 .46 .17 .5 .26C.54 .17 .62 .1 .73 .1C.84 .1 .96 .18 .96 .35C.96 .46 .9 .62 .5 .92Z",
  sorry: `${FACE}${disc(0.34, 0.42, 0.07)}${disc(0.66, 0.42, 0.07)}M.27 .78Q.5 .5 .73 .78L.66 .82Q.5 .66 .34 .82Z`,
  laugh: `${FACE}M.2 .44 .34 .27 .48 .44 .42 .48 .34 .38 .26 .48ZM.52 .44 .66 .27 .8 .44 .74 .48 .66 .38 .58 .48ZM.21 .56H.79Q.75 .86 .5 .86Q.25 .86 .21 .56Z`,
  gg: "M.03 .24H.46V.37H.17V.64H.32V.57H.25V.46H.46V.77H.03ZM.54 .24H.97V.37H.68V.64H.83V.57H.76V.46H.97V.77H.54Z",
  help: "M.5 .04 .99 .94H.01ZM.44 .36H.56L.54 .66H.46ZM.44 .73H.56V.84H.44Z",
};

export const PING_PATHS: Readonly<Record<PingName, string>> = {
  look: `M0 .5Q.5 -.06 1 .5Q.5 1.06 0 .5Z${disc(0.5, 0.5, 0.22)}${disc(0.5, 0.5, 0.11)}`,
  enemy: `${disc(0.5, 0.5, 0.44)}${disc(0.5, 0.5, 0.31)}${disc(0.5, 0.5, 0.1)}M.46 0H.54V.25H.46ZM.46 .75H.54V1H.46ZM0 .46H.25V.54H0ZM.75 .46H1V.54H.75Z`,
};
