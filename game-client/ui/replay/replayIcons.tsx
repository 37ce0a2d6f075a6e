/** Icons of the replay's controls, drawn as those of ui/kit/icons.tsx. */
import { Icon } from "#client/ui/kit/icons.tsx";

type Way = "back" | "on";
const turned = (to: Way) => (to === "back" ? "rotate(180 12 12)" : undefined);

/** One frame. */
export function StepIcon({ to }: { to: Way }) {
  return (
    <Icon>
      <g transform={turned(to)}>
        <path class="icon-solid" d="M10 6 19 12 10 18Z" />
        <path d="M6 6V18" />
      </g>
    </Icon>
  );
}

/** To the next mark. */
export function SkipIcon({ to }: { to: Way }) {
  return (
    <Icon>
      <g transform={turned(to)}>
        <path class="icon-solid" d="M4 5 11 12 4 19ZM11 5 18 12 11 19Z" />
        <path d="M20 5V19" />
      </g>
    </Icon>
  );
}

export function FullScreenIcon() {
  return (
    <Icon>
      <path d="M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15" />
    </Icon>
  );
}

export function HideIcon() {
  return (
    <Icon>
      <path d="M2 12 7 7H17L22 12 17 17H7ZM12 9.500 14.500 12 12 14.500 9.500 12ZM4 21 20 3" />
    </Icon>
  );
}
