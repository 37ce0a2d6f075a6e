/** Line icons of the screens before a room, in the manner of ui/kit/icons.tsx. */
import { Icon } from "#client/ui/kit/icons.tsx";

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

export function EyeIcon() {
  return (
    <Icon>
      <path d="M2 12 7 7H17L22 12 17 17H7Z" />
      <path class="icon-solid" d="M12 9 15 12 12 15 9 12Z" />
    </Icon>
  );
}

export function CrownIcon() {
  return (
    <Icon>
      <path d="M4 18H20L21 7 16 11 12 5 8 11 3 7Z" />
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
