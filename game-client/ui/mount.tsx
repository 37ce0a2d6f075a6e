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
import "./styles/settings.css";
import "./styles/room.css";
import "./styles/touch.css";
import { render } from "preact";
import { App } from "./App.tsx";
import { applyPalette } from "./applyPalette.ts";
import { applySettings } from "./applySettings.ts";
import { learnLayout } from "./codeNames.ts";
import { IntentsContext } from "./intents.ts";
import type { Intents } from "./model.ts";

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
