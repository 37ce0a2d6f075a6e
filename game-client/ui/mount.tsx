/** Puts the interface on the page. */
import "@fontsource-variable/oxanium";
import "./kit/base.css";
import "./kit/controls.css";
import "./front/title.css";
import "./kit/cards.css";
import "./hud/hud.css";
import "./hud/loadout.css";
import "./hud/match.css";
import "./hud/scores.css";
import "./hud/netgraph.css";
import "./settings/settings.css";
import "./room/room.css";
import "./hud/touch.css";
import { render } from "preact";
import { App } from "./App.tsx";
import { applyPalette } from "./settings/applyPalette.ts";
import { applySettings } from "./settings/applySettings.ts";
import { learnLayout } from "./settings/codeNames.ts";
import { IntentsContext } from "./state/intents.ts";
import type { Intents } from "./state/model.ts";

/** Call once; the interface follows the signals of model.ts from then on. */
export function mountUi(root: HTMLElement, intents: Intents): void {
  applyPalette();
  applySettings();
  learnLayout();
  render(
    <IntentsContext.Provider value={intents}>
      <App />
    </IntentsContext.Provider>,
    root,
  );
}
