/** All probes by name. */
import { aim, forgedStamp } from "./aim.ts";
import { drops, halfOpen } from "./comeback.ts";
import { bumping, drift } from "./drift.ts";
import { floods } from "./floods.ts";
import type { Probe } from "./lab.ts";
import { load } from "./load.ts";
import { flooding, withholding } from "./metering.ts";
import { ownShot, refresh, sleepingTab } from "./page.ts";
import { pageDrawing } from "./pageDrawing.ts";
import { pageFrame, pageGarbage } from "./pageFrame.ts";
import { pageLoad } from "./pageLoad.ts";
import { pagePhone } from "./pagePhone.ts";
import { secrets } from "./secrets.ts";
import { starved } from "./starved.ts";

export const PROBES: Readonly<Record<string, Probe>> = {
  drift,
  bumping,
  aim,
  forgedStamp,
  flooding,
  withholding,
  ownShot,
  drops,
  refresh,
  halfOpen,
  sleepingTab,
  secrets,
  starved,
  floods,
  pageFrame,
  pageGarbage,
  pageDrawing,
  pagePhone,
  pageLoad,
  load,
};
