/** Line icons on a 24-unit grid, with the cut corners of the typeface; all decorative, the names are on the buttons. */
import type { ComponentChildren } from "preact";

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {children}
    </svg>
  );
}

export function SoundIcon({ muted }: { muted: boolean }) {
  return (
    <Icon>
      <path class="icon-solid" d="M3 9.500H7L12 5V19L7 14.500H3Z" />
      <path
        d={
          muted
            ? "M16 9.500 21 14.500M21 9.500 16 14.500"
            : "M15.500 9 17 10.500V13.500L15.500 15M18.500 6 21 8.500V15.500L18.500 18"
        }
      />
    </Icon>
  );
}

export function LeaveIcon() {
  return (
    <Icon>
      <path d="M13 4H7L5 6V18L7 20H13M10 12H20.500M16.500 8 20.500 12 16.500 16" />
    </Icon>
  );
}

export function PlayIcon() {
  return (
    <Icon>
      <path class="icon-solid" d="M7 5 19 12 7 19Z" />
    </Icon>
  );
}

export function BotIcon() {
  return (
    <Icon>
      <path d="M6 9H18L20 11V17L18 19H6L4 17V11ZM12 9V5M9 13V15M15 13V15" />
    </Icon>
  );
}

export function AwayIcon() {
  return (
    <Icon>
      <path d="M4 20 20 4M5 11A10 10 0 0 1 12 8M8.500 15A5 5 0 0 1 12 13.500M16 9.500A10 10 0 0 1 19 11.500M12 18.500V18.600" />
    </Icon>
  );
}

/** What destroys: the bolt between killer and victim in the feed. */
export function ShotIcon() {
  return (
    <Icon>
      <path d="M2 12H13" />
      <path class="icon-solid" d="M13 7.500 22 12 13 16.500 15.500 12Z" />
    </Icon>
  );
}

export function MouseIcon() {
  return (
    <Icon>
      <path d="M8.500 3H15.500L18 5.500V18.500L15.500 21H8.500L6 18.500V5.500ZM12 3V10M6 10H18" />
    </Icon>
  );
}

export function MousePressIcon() {
  return (
    <Icon>
      <path class="icon-solid" d="M11 3.500H8.500L6.500 5.500V9.500H11Z" />
      <path d="M8.500 3H15.500L18 5.500V18.500L15.500 21H8.500L6 18.500V5.500ZM12 3V10M6 10H18" />
    </Icon>
  );
}
