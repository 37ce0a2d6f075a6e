/** Icons that say who somebody is in a room: bot, host, spectator, owner of an account. */
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Icon } from "./icons.tsx";

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

export function PeopleIcon() {
  return (
    <Icon>
      <path d="M7 4H11L13 6V9L11 11H7L5 9V6ZM2 20V17L5 14H13L16 17V20M16 5H18L20 7V9L18 11H16M18.500 14.500 22 17.500V20" />
    </Icon>
  );
}

export function CrownIcon() {
  return (
    <Icon>
      <path class="icon-solid" d="M3 7 8 11 12 4 16 11 21 7 19 17H5ZM5 18.500H19V20.500H5Z" />
    </Icon>
  );
}

export function CohostIcon() {
  return (
    <Icon>
      <path d="M3.500 8 8 12 12 5.500 16 12 20.500 8 18.500 18H5.500Z" />
    </Icon>
  );
}

export function EyeIcon() {
  return (
    <Icon>
      <path d="M2 12 7 7H17L22 12 17 17H7ZM12 9.500 14.500 12 12 14.500 9.500 12Z" />
    </Icon>
  );
}

export function AccountMark() {
  return (
    <svg class="account-mark" viewBox="0 0 24 24" role="img" aria-label={STRINGS.progress.hasAccount}>
      <path
        class="icon-solid"
        d="M12 2 20 7V17L12 22 4 17V7ZM10.700 15.800 17 9.500 15.300 7.800 10.700 12.400 8.700 10.400 7 12.100Z"
      />
    </svg>
  );
}
