/** Puts the interface on the page. */
import "@fontsource-variable/oxanium";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/title.css";
import "./styles/cards.css";
import "./styles/hud.css";
import "./styles/kit.css";
import "./styles/match.css";
import "./styles/scores.css";
import "./styles/netgraph.css";
import { render } from "preact";
import { App } from "./App.tsx";
import { applyPalette } from "./applyPalette.ts";
import { IntentsContext } from "./intents.ts";
import type { Intents } from "./model.ts";
import { listenForMuteKey } from "./muteKey.ts";

/** Call once; the interface follows the signals of model.ts from then on. */
export function mountUi(root: HTMLElement, intents: Intents): void {
  applyPalette();
  listenForMuteKey(intents);
  render(
    <IntentsContext.Provider value={intents}>
      <App />
    </IntentsContext.Provider>,
    root,
  );
}
