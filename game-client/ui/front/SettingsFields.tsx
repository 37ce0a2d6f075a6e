/** A room's settings in three parts: what is played, who plays, and the room itself. */

import { TextField } from "#client/ui/kit/TextField.tsx";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { TITLE_MAX_CHARS } from "#shared/config.ts";
import { MODE_NAMES, MODES } from "#shared/modes/modes.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import {
  BOT_SKILLS,
  type RoomSettings,
  SETTING_RANGES,
  SPECTATING,
  TEAM_CHOICES,
} from "#shared/protocol/roomSettings.ts";
import { Amount, Pick, Toggle } from "./fields.tsx";
import { type DraftErrors, fitMap, mapsFor } from "./hostDraft.ts";
import { mapTitle } from "./RoomFacts.tsx";
import { WORDS } from "./words.ts";

export interface SettingsFieldsProps {
  draft: RoomSettings;
  set(draft: RoomSettings): void;
  errors: DraftErrors;
}

type Ranged = keyof typeof SETTING_RANGES;

/** From…to, where it is not so. */
const rangeError = (name: Ranged, errors: DraftErrors): string | undefined => {
  const { min, max } = SETTING_RANGES[name];
  return errors[name] && WORDS.settings.range(min, max);
};

/** Where nobody has sides, or may come to have them by a vote, they need no rules. */
const mayHaveTeams = ({ mode, vote }: RoomSettings): boolean => vote || MODES[mode].teams > 0;

export function MatchFields({
  draft,
  set,
  errors,
  maps,
}: SettingsFieldsProps & { maps: readonly MapOffer[] }) {
  const words = WORDS.settings;
  const offered = mapsFor(draft, maps);
  return (
    <>
      <Pick
        name={STRINGS.front.mode}
        value={draft.mode}
        set={(mode) => set(fitMap({ ...draft, mode }, maps))}
        options={MODE_NAMES.map((value) => ({ value, text: STRINGS.match.modes[value] }))}
      />
      {offered.length > 0 && (
        <Pick
          name={WORDS.map}
          value={draft.map}
          set={(map) => set({ ...draft, map })}
          options={offered.map(({ name, players }) => ({
            value: name,
            text: mapTitle(name),
            note: words.mapFor(players.min, players.max),
          }))}
        />
      )}
      <Amount
        name={words.scoreLimit}
        value={draft.scoreLimit}
        set={(scoreLimit) => set({ ...draft, scoreLimit })}
        min={0}
        max={SETTING_RANGES.scoreLimit.max}
        unit={draft.scoreLimit === 0 ? words.byMode(MODES[draft.mode].scoreLimit) : ""}
        error={rangeError("scoreLimit", errors)}
      />
      <Amount
        name={words.timeLimit}
        value={draft.timeLimitMin}
        set={(timeLimitMin) => set({ ...draft, timeLimitMin })}
        {...SETTING_RANGES.timeLimitMin}
        unit={words.minutes}
        error={rangeError("timeLimitMin", errors)}
      />
      {mayHaveTeams(draft) && (
        <Toggle
          name={words.friendlyFire}
          on={draft.friendlyFire}
          set={(friendlyFire) => set({ ...draft, friendlyFire })}
        />
      )}
      <Toggle name={words.vote} on={draft.vote} set={(vote) => set({ ...draft, vote })} />
    </>
  );
}

export function PlayersFields({ draft, set, errors }: SettingsFieldsProps) {
  const words = WORDS.settings;
  return (
    <>
      <Amount
        name={words.players}
        value={draft.players}
        set={(players) => set({ ...draft, players })}
        {...SETTING_RANGES.players}
        error={rangeError("players", errors)}
      />
      <Amount
        name={words.bots}
        value={draft.bots}
        set={(bots) => set({ ...draft, bots })}
        {...SETTING_RANGES.bots}
        error={rangeError("bots", errors)}
      />
      <Pick
        name={words.botSkill}
        value={draft.botSkill}
        set={(botSkill) => set({ ...draft, botSkill })}
        options={BOT_SKILLS.map((value) => ({ value, text: words.botSkills[value] }))}
      />
      {mayHaveTeams(draft) && (
        <Pick
          name={words.teamChoice}
          value={draft.teamChoice}
          set={(teamChoice) => set({ ...draft, teamChoice })}
          options={TEAM_CHOICES.map((value) => ({ value, text: words.teamChoices[value] }))}
        />
      )}
    </>
  );
}

interface RoomFieldsProps extends SettingsFieldsProps {
  /** Of a room that is to be made: it is no setting. */
  password?: string;
  setPassword?: (password: string) => void;
}

export function RoomFields({ draft, set, errors, password = "", setPassword }: RoomFieldsProps) {
  const words = WORDS.settings;
  return (
    <>
      <TextField
        name={words.title}
        value={draft.title}
        set={(title) => set({ ...draft, title })}
        maxLength={TITLE_MAX_CHARS}
        placeholder={words.titleByHost}
      />
      {setPassword && (
        <TextField
          name={words.password}
          value={password}
          set={setPassword}
          maxLength={64}
          placeholder={words.noPassword}
        />
      )}
      <Toggle name={words.listed} on={draft.listed} set={(listed) => set({ ...draft, listed })} />
      <Pick
        name={words.spectating}
        value={draft.spectating}
        set={(spectating) => set({ ...draft, spectating })}
        options={SPECTATING.map((value) => ({ value, text: words.spectatings[value] }))}
      />
      <Amount
        name={words.seatKept}
        value={draft.seatKeptSec}
        set={(seatKeptSec) => set({ ...draft, seatKeptSec })}
        {...SETTING_RANGES.seatKeptSec}
        step={5}
        unit={words.seconds}
        error={rangeError("seatKeptSec", errors)}
      />
    </>
  );
}
