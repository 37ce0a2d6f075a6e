/** Hands what stylesheets need to know to the document: language, sizes, motion, device. */
import { effect } from "@preact/signals";
import { deviceInUse } from "#client/deviceInUse.ts";
import { settings } from "#client/settings/settings.ts";
import { stickRadiusPx } from "#client/settings/touchSize.ts";
import { language } from "#client/ui/strings/strings.ts";

export function applySettings(root: HTMLElement = document.documentElement): void {
  effect(() => {
    root.lang = language.value;
  });
  effect(() => {
    root.style.setProperty("--text-scale", String(settings.textScale.value));
    root.style.setProperty("--hud-scale", String(settings.hudScale.value));
    root.style.setProperty("--stick-radius", `${stickRadiusPx.value}px`);
  });
  effect(() => {
    root.dataset.motion = settings.reducedMotion.value ? "reduced" : "full";
    root.dataset.device = deviceInUse.value;
  });
}
