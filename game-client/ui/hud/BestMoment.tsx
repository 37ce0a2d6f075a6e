/** Offers the best moment of the match that has just ended, and the clips that the player made in it, on the results. */
import "./bestMoment.css";
import { useEffect, useState } from "preact/hooks";
import { PlayIcon } from "#client/ui/kit/icons.tsx";
import { ShareButtons } from "#client/ui/kit/ShareButtons.tsx";
import { momentText, timeText } from "#client/ui/replay/clipText.ts";
import { absolute, type ClipLink, clipsMade } from "#client/ui/state/clips.ts";
import { useIntents } from "#client/ui/state/intents.ts";
import { type Intents, scores } from "#client/ui/state/model.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { bestMoment } from "#shared/replay/bestMoment.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";

/** The replay is whole a few seconds after the results show. */
const ASK_EVERY_MS = 1_500;
const ASK_TIMES = 12;

export function BestMoment() {
  const found = useReplay();
  if (!found) return null;
  const best = bestIn(found);
  const made = clipsMade.value.filter(({ id }) => id === found.head.match);
  if (!best && made.length === 0) return null;
  return (
    <ul class="best-moments">
      {best && <Offer link={best.link} name={STRINGS.clips.best} what={best.what} />}
      {made.map((link) => (
        <Offer
          key={link.clip.fromMs}
          link={link}
          name={STRINGS.clips.clipAt(timeText(link.clip.fromMs).replace(/\.\d$/, ""))}
        />
      ))}
    </ul>
  );
}

/** The player's own; if the player did nothing, the best of the match. */
function bestIn({ head, marks, people }: ReplayInfo): { link: ClipLink; what: string } | undefined {
  const own = scores.value.find(({ self }) => self)?.id;
  const best = (own !== undefined && bestMoment(marks, own)) || bestMoment(marks);
  if (!best) return undefined;
  const follow = people.find(({ seat }) => seat === best.seat)?.name;
  const link: ClipLink = { id: head.match, clip: { fromMs: best.fromMs, toMs: best.toMs }, follow };
  const what = momentText(best);
  return { link, what: best.seat === own || follow === undefined ? what : `${follow}: ${what}` };
}

/** The replay of the match whose results show, once it can be watched. */
function useReplay(): ReplayInfo | undefined {
  const intents = useIntents();
  const [found, setFound] = useState<ReplayInfo>();
  useEffect(() => {
    const ended = new AbortController();
    void findReplay(intents, ended.signal).then((info) => {
      if (!ended.signal.aborted) setFound(info);
    });
    return () => ended.abort();
  }, [intents]);
  return found;
}

async function findReplay(intents: Intents, signal: AbortSignal): Promise<ReplayInfo | undefined> {
  const moment = await intents.clip();
  if (!moment.ok) return undefined;
  for (let asked = 0; asked < ASK_TIMES && !signal.aborted; asked++) {
    const info = await intents.replayInfo(moment.id).catch(() => undefined);
    if (info) return info;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return undefined;
}

function Offer({ link, name, what }: { link: ClipLink; name: string; what?: string }) {
  const [notice, setNotice] = useState("");
  const intents = useIntents();
  const url = absolute(link);
  return (
    <li class="best-moment">
      <p class="best-moment-what">
        <strong>{name}</strong> <span translate={false}>{what}</span>
      </p>
      <a
        class="button button-plain"
        href={url}
        target="_blank"
        rel="noopener"
        onClick={() => intents.pressed()}
      >
        <PlayIcon />
        {STRINGS.clips.watch}
      </a>
      <ShareButtons look="icon" link={url} notify={setNotice} />
      <p class={notice ? "best-moment-notice" : "visually-hidden"} role="status">
        {notice}
      </p>
    </li>
  );
}
