/** A room's settings in three parts: what is played, who plays, and the room itself. */
import { Amount, Choice, Switch, TextField } from "#client/ui/kit/fields.tsx";
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
import { type DraftErrors, fitMap, mapsFor } from "./hostDraft.ts";
import { mapTitle } from "./RoomFacts.tsx";

export interface SettingsFieldsProps {
  draft: RoomSettings;
  set(draft: RoomSettings): void;
  errors: DraftErrors;
}

type Ranged = keyof typeof SETTING_RANGES;

/** From…to, where it is not so. */
const rangeError = (name: Ranged, errors: DraftErrors): string | undefined => {
  const { min, max } = SETTING_RANGES[name];
  return errors[name] && STRINGS.roomSettings.range(min, max);
};

/** Where nobody has sides, or may come to have them by a vote, they need no rules. */
const mayHaveTeams = ({ mode, vote }: RoomSettings): boolean => vote || MODES[mode].teams > 0;

export function MatchFields({
  draft,
  set,
  errors,
  maps,
}: SettingsFieldsProps & { maps: readonly MapOffer[] }) {
  const words = STRINGS.roomSettings;
  const offered = mapsFor(draft, maps);
  return (
    <>
      <Choice
        look="chips"
        name={words.labels.mode}
        value={draft.mode}
        set={(mode) => set(fitMap({ ...draft, mode }, maps))}
        options={MODE_NAMES.map((value) => ({ value, text: STRINGS.modes[value] }))}
      />
      {offered.length > 0 && (
        <Choice
          look="chips"
          name={words.labels.map}
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
        name={words.labels.scoreLimit}
        value={draft.scoreLimit}
        set={(scoreLimit) => set({ ...draft, scoreLimit })}
        min={0}
        max={SETTING_RANGES.scoreLimit.max}
        unit={draft.scoreLimit === 0 ? words.byMode(MODES[draft.mode].scoreLimit) : ""}
        error={rangeError("scoreLimit", errors)}
      />
      <Amount
        name={words.labels.timeLimitMin}
        value={draft.timeLimitMin}
        set={(timeLimitMin) => set({ ...draft, timeLimitMin })}
        {...SETTING_RANGES.timeLimitMin}
        unit={words.minutes}
        error={rangeError("timeLimitMin", errors)}
      />
      {mayHaveTeams(draft) && (
        <Switch
          name={words.labels.friendlyFire}
          on={draft.friendlyFire}
          set={(friendlyFire) => set({ ...draft, friendlyFire })}
        />
      )}
      <Switch name={words.labels.vote} on={draft.vote} set={(vote) => set({ ...draft, vote })} />
    </>
  );
}

export function PlayersFields({ draft, set, errors }: SettingsFieldsProps) {
  const words = STRINGS.roomSettings;
  return (
    <>
      <Amount
        name={words.labels.players}
        value={draft.players}
        set={(players) => set({ ...draft, players })}
        {...SETTING_RANGES.players}
        error={rangeError("players", errors)}
      />
      <Amount
        name={words.labels.bots}
        value={draft.bots}
        set={(bots) => set({ ...draft, bots })}
        {...SETTING_RANGES.bots}
        error={rangeError("bots", errors)}
      />
      <Choice
        look="chips"
        name={words.labels.botSkill}
        value={draft.botSkill}
        set={(botSkill) => set({ ...draft, botSkill })}
        options={BOT_SKILLS.map((value) => ({ value, text: words.choices.botSkill[value] }))}
      />
      {mayHaveTeams(draft) && (
        <Choice
          look="chips"
          name={words.labels.teamChoice}
          value={draft.teamChoice}
          set={(teamChoice) => set({ ...draft, teamChoice })}
          options={TEAM_CHOICES.map((value) => ({ value, text: words.choices.teamChoice[value] }))}
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
  const words = STRINGS.roomSettings;
  return (
    <>
      <TextField
        name={words.labels.title}
        value={draft.title}
        set={(title) => set({ ...draft, title })}
        maxLength={TITLE_MAX_CHARS}
        placeholder={words.titleByYou}
      />
      {setPassword && (
        <TextField
          name={STRINGS.front.password}
          value={password}
          set={setPassword}
          maxLength={64}
          placeholder={STRINGS.front.hostForm.noPassword}
        />
      )}
      <Switch name={words.labels.listed} on={draft.listed} set={(listed) => set({ ...draft, listed })} />
      <Choice
        look="chips"
        name={words.labels.spectating}
        value={draft.spectating}
        set={(spectating) => set({ ...draft, spectating })}
        options={SPECTATING.map((value) => ({ value, text: words.choices.spectating[value] }))}
      />
      <Amount
        name={words.labels.seatKeptSec}
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
