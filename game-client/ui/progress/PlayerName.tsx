/** A name on a page: a link if it is an account's. */

import { PageLink } from "#client/ui/kit/PageLink.tsx";
import { BotIcon } from "#client/ui/kit/peopleIcons.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";

interface PlayerNameProps {
  name: string;
  hasPage: boolean;
  isBot?: boolean;
}

export function PlayerName({ name, hasPage, isBot = false }: PlayerNameProps) {
  return (
    <span class="player-name">
      <bdi class="player-text" translate={false}>
        {hasPage ? <PageLink to={{ kind: "player", name }}>{name}</PageLink> : name}
      </bdi>
      {isBot && (
        <span class="player-tag">
          <BotIcon />
          <span>{STRINGS.scores.bot}</span>
        </span>
      )}
    </span>
  );
}
