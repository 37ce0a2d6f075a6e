/** Mounts the interface, with the styles of what the first download contains, in the order of their cascade. */
import "@fontsource-variable/oxanium";
import "./kit/base.css";
import "./kit/controls.css";
import "./kit/wordmark.css";
import "./kit/cards.css";
import "./kit/progress.css";
import "./front/title.css";
import { render } from "preact";
import { App } from "./App.tsx";
import { applySettings } from "./settings/applySettings.ts";
import { learnLayout } from "./settings/codeNames.ts";
import { IntentsContext } from "./state/intents.ts";
import type { Intents } from "./state/model.ts";

/** Call once; the interface then follows the signals of state/model.ts. */
export function mountUi(root: HTMLElement, intents: Intents): void {
  applySettings();
  learnLayout();
  render(
    <IntentsContext.Provider value={intents}>
      <App />
    </IntentsContext.Provider>,
    root,
  );
}
