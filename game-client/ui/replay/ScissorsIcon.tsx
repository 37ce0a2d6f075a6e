/** The icon of clips. */
import { Icon } from "#client/ui/kit/icons.tsx";

export function ScissorsIcon() {
  return (
    <Icon>
      <path d="M4 5.500 6 3.500H8L10 5.500V7.500L8 9.500H6L4 7.500ZM4 16.500 6 14.500H8L10 16.500V18.500L8 20.500H6L4 18.500ZM9.500 8.500 20.500 18M9.500 15.500 20.500 6" />
    </Icon>
  );
}
