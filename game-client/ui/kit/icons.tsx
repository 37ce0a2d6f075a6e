/** Line icons on a 24-unit grid, with the typeface's cut corners. They are decoration: the buttons have the names. */
import type { ComponentChildren } from "preact";

export function Icon({ children }: { children: ComponentChildren }) {
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

export function GearIcon() {
  return (
    <Icon>
      <path d="M10 3H14L14.500 6 17 7.500 20 6.500 22 10 19.500 12 22 14 20 17.500 17 16.500 14.500 18 14 21H10L9.500 18 7 16.500 4 17.500 2 14 4.500 12 2 10 4 6.500 7 7.500 9.500 6ZM12 9.500 14.500 12 12 14.500 9.500 12Z" />
    </Icon>
  );
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="M5 5 19 19M19 5 5 19" />
    </Icon>
  );
}

export function DashIcon() {
  return (
    <Icon>
      <path d="M4 5 11 12 4 19M12 5 19 12 12 19" />
    </Icon>
  );
}

export function SpecialIcon() {
  return (
    <Icon>
      <path class="icon-solid" d="M12 8 16 12 12 16 8 12Z" />
      <path d="M12 2V4.500M12 19.500V22M2 12H4.500M19.500 12H22M5 5 6.800 6.800M17.200 17.200 19 19M5 19 6.800 17.200M17.200 6.800 19 5" />
    </Icon>
  );
}

export function StickIcon() {
  return (
    <Icon>
      <path d="M8 3H16L21 8V16L16 21H8L3 16V8Z" />
      <path class="icon-solid" d="M12 8 16 12 12 16 8 12Z" />
    </Icon>
  );
}

export function ChatIcon() {
  return (
    <Icon>
      <path d="M4 4H20L22 6V14L20 16H12L7 20V16H4L2 14V6ZM7 10H7.100M12 10H12.100M17 10H17.100" />
    </Icon>
  );
}

export function PauseIcon() {
  return (
    <Icon>
      <path class="icon-solid" d="M6 5H10V19H6ZM14 5H18V19H14Z" />
    </Icon>
  );
}

export function CopyIcon() {
  return (
    <Icon>
      <path d="M9 8H18L20 10V20H11L9 18ZM6 16H4V4H13L15 6" />
    </Icon>
  );
}

export function ShareIcon() {
  return (
    <Icon>
      <path d="M12 15V3M7.500 7.500 12 3 16.500 7.500M5 12V20H19V12" />
    </Icon>
  );
}

export function UploadIcon() {
  return (
    <Icon>
      <path d="M12 15V4M7.500 8.500 12 4 16.500 8.500M4 14V20H20V14" />
    </Icon>
  );
}

export function StarIcon({ isFull = true }: { isFull?: boolean }) {
  return (
    <Icon>
      <path
        class={isFull ? "icon-solid" : ""}
        d="M12 3 14.700 9 21 9.700 16.300 14 17.600 20.500 12 17.200 6.400 20.500 7.700 14 3 9.700 9.300 9Z"
      />
    </Icon>
  );
}

export function QrIcon() {
  return (
    <Icon>
      <path d="M4 4H10V10H4ZM14 4H20V10H14ZM4 14H10V20H4ZM14 14H16V16M20 14V17M14 20H17M20 20H20.100" />
    </Icon>
  );
}

export function MoreIcon() {
  return (
    <Icon>
      <path class="icon-solid" d="M4 10H8V14H4ZM10 10H14V14H10ZM16 10H20V14H16Z" />
    </Icon>
  );
}

export function ArrowIcon({ to }: { to: "left" | "right" }) {
  return (
    <Icon>
      <path d={to === "left" ? "M15 4 7 12 15 20" : "M9 4 17 12 9 20"} />
    </Icon>
  );
}

export function BackIcon() {
  return (
    <Icon>
      <path d="M20 12H5M11 5 4 12 11 19" />
    </Icon>
  );
}

export function LockIcon() {
  return (
    <Icon>
      <path d="M6 11H18V20H6ZM8 11V7L10 4H14L16 7V11M12 14.500V16.500" />
    </Icon>
  );
}

export function FoldIcon() {
  return (
    <Icon>
      <path d="M8 4 16 12 8 20" />
    </Icon>
  );
}

export function PodiumIcon() {
  return (
    <Icon>
      <path d="M3 20V14H9V20M9 20V6H15V20M15 20V11H21V20M2 20H22" />
    </Icon>
  );
}

/** Marks the name of an account. */
export function KeyIcon() {
  return (
    <Icon>
      <path d="M3 6 6 3H11L14 6V11L11 14H6L3 11ZM13 13 21 21M16.500 16.500 19 14M8.500 8.500H8.600" />
    </Icon>
  );
}

export function CheckIcon() {
  return (
    <Icon>
      <path d="M4 12.500 9.500 18 20 6.500" />
    </Icon>
  );
}

export function ScissorsIcon() {
  return (
    <Icon>
      <path d="M4 5.500 6 3.500H8L10 5.500V7.500L8 9.500H6L4 7.500ZM4 16.500 6 14.500H8L10 16.500V18.500L8 20.500H6L4 18.500ZM9.500 8.500 20.500 18M9.500 15.500 20.500 6" />
    </Icon>
  );
}
