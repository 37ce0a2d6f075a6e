/** Components whose code is a chunk of its own, fetched when the component is first shown, or before. */
import { signal } from "@preact/signals";
import type { ComponentChildren, ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { useIntents } from "#client/ui/state/intents.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { Button } from "./Button.tsx";
import { Card } from "./Card.tsx";
import { ReloadButton } from "./ReloadButton.tsx";

type Part<P> = { is: "loading" | "failed" } | { is: "here"; Component: ComponentType<P> };

/** Replacements for the component while its chunk loads, or if it cannot be fetched. */
export interface Instead {
  /** Rendered while the chunk loads. Default: a card that says so. */
  waiting?: () => ComponentChildren;
  /** Called when the chunk cannot be fetched. Default: a card that offers to reload or to go back. */
  failed?: () => void;
}

export type Lazy<P> = ComponentType<P> & {
  /** Fetches the chunk ahead of time. Rejects when it cannot be fetched. */
  fetch(): Promise<void>;
};

export function lazily<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { waiting = Loading, failed }: Instead = {},
): Lazy<P> {
  const part = signal<Part<P>>({ is: "loading" });
  const fetchIt = async () => {
    if (part.peek().is !== "here") part.value = { is: "here", Component: await load() };
  };

  function Part(props: P) {
    useEffect(() => {
      fetchIt().catch(() => {
        part.value = { is: "failed" };
        failed?.();
      });
    }, []);
    const now = part.value;
    if (now.is === "here") return <now.Component {...props} />;
    return now.is === "failed" && !failed ? <NotLoaded /> : waiting();
  }
  return Object.assign(Part, { fetch: fetchIt });
}

const Loading = () => <Card title={STRINGS.front.loading} waiting children={null} />;

/** The network failed, or the server has a newer page, without this chunk. */
function NotLoaded() {
  const intents = useIntents();
  const words = STRINGS.cannotShow.notLoaded;
  return (
    <Card title={words.title}>
      <p>{words.body}</p>
      <ReloadButton autoFocus />
      <Button look="plain" onPress={() => intents.open({ kind: "title" })}>
        {STRINGS.front.back}
      </Button>
    </Card>
  );
}
