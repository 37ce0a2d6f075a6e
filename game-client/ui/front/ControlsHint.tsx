/** How to play, in one line, for the device in use and its bindings. */
import type { ComponentChildren } from "preact";
import { deviceInUse } from "#client/deviceInUse.ts";
import type { Action, Code } from "#client/settings/bindings.ts";
import { settings } from "#client/settings/settings.ts";
import { DashIcon, MouseIcon, MousePressIcon, SpecialIcon, StickIcon } from "#client/ui/kit/icons.tsx";
import { nameOfCode } from "#client/ui/settings/codeNames.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";

export function ControlsHint() {
  return (
    <ul class="controls" aria-label={STRINGS.controls.title}>
      {hintsFor[deviceInUse.value]()}
    </ul>
  );
}

const hintsFor = { keys: KeyHints, pad: PadHints, touch: TouchHints } as const;

function KeyHints() {
  const words = STRINGS.controls;
  const { bindings } = settings;
  const directions = (["moveUp", "moveLeft", "moveDown", "moveRight"] as const).map(
    (action) => bindings.value[action].keys,
  );
  const hasArrows = directions.some(([, second]) => second.startsWith("Arrow"));
  return (
    <>
      <Hint does={words.move}>
        {directions.map(([first, second], place) => (
          <Cap key={place} code={first || second} />
        ))}
        {hasArrows && <span class="controls-or">{words.or}</span>}
        {hasArrows && (
          <kbd translate={false}>
            <span class="visually-hidden">↑ ← ↓ →</span>
            <ArrowKeys />
          </kbd>
        )}
      </Hint>
      <Hint does={words.aim}>
        <span class="visually-hidden">{words.mouse}</span>
        <MouseIcon />
      </Hint>
      <KeyHint action="fire" />
      <KeyHint action="altFire" />
      <KeyHint action="dash" />
      <KeyHint action="mute" />
    </>
  );
}

type Hinted = Extract<Action, "fire" | "altFire" | "dash" | "mute">;

function KeyHint({ action }: { action: Hinted }) {
  const [first, second] = settings.bindings.value[action].keys;
  return <CodeHint action={action} code={first || second} />;
}

function PadHint({ action }: { action: Hinted }) {
  const [first, second] = settings.bindings.value[action].pad;
  return <CodeHint action={action} code={first || second} />;
}

function CodeHint({ action, code }: { action: Hinted; code: Code }) {
  if (!code) return null;
  return (
    <Hint does={STRINGS.controls[action]}>
      {code === "Mouse0" ? (
        <>
          <MousePressIcon />
          <span class="controls-how">{STRINGS.controls.hold}</span>
        </>
      ) : (
        <Cap code={code} />
      )}
    </Hint>
  );
}

function PadHints() {
  const words = STRINGS.controls;
  return (
    <>
      <StickHint how={words.leftStick} does={words.move} />
      <StickHint how={words.rightStick} does={words.aim} />
      <PadHint action="fire" />
      <PadHint action="altFire" />
      <PadHint action="dash" />
    </>
  );
}

function TouchHints() {
  const words = STRINGS.controls;
  return (
    <>
      <StickHint how={words.leftThumb} does={words.move} />
      <StickHint how={words.rightThumb} does={words.aimAndFire} />
      <Hint does={words.altFire}>
        <span class="visually-hidden">{words.button}</span>
        <SpecialIcon />
      </Hint>
      <Hint does={words.dash}>
        <span class="visually-hidden">{words.button}</span>
        <DashIcon />
      </Hint>
    </>
  );
}

function StickHint({ how, does }: { how: string; does: string }) {
  return (
    <Hint does={does}>
      <StickIcon />
      <span class="controls-how">{how}</span>
    </Hint>
  );
}

const Cap = ({ code }: { code: Code }) => <kbd translate={false}>{nameOfCode(code)}</kbd>;

function Hint({ children, does }: { children: ComponentChildren; does: string }) {
  return (
    <li>
      <span class="controls-keys">{children}</span>
      <span class="controls-does">{does}</span>
    </li>
  );
}

function ArrowKeys() {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path
        class="icon-solid"
        d="M12 2 15.500 7H8.500ZM12 22 8.500 17H15.500ZM2 12 7 8.500V15.500ZM22 12 17 15.500V8.500Z"
      />
    </svg>
  );
}
