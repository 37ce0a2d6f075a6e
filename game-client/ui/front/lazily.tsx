/** A part of the page whose code is fetched when it is first shown. */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { Button } from "#client/ui/Button.tsx";
import { Card } from "#client/ui/Card.tsx";
import { useIntents } from "#client/ui/intents.ts";
import { STRINGS } from "#client/ui/strings.ts";

type Part<P> = { is: "loading" | "failed" } | { is: "here"; Component: ComponentType<P> };

export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const part = signal<Part<P>>({ is: "loading" });
  const fetchOnce = () =>
    load().then(
      (Component) => {
        part.value = { is: "here", Component };
      },
      () => {
        part.value = { is: "failed" };
      },
    );

  return function Lazily(props: P) {
    useEffect(() => {
      if (part.value.is !== "here") void fetchOnce();
    }, []);
    const now = part.value;
    if (now.is === "here") return <now.Component {...props} />;
    return now.is === "failed" ? (
      <NotLoaded />
    ) : (
      <Card title={STRINGS.front.loading} waiting children={null} />
    );
  };
}

/** The network went, or the server has a newer page by now. */
function NotLoaded() {
  const intents = useIntents();
  const words = STRINGS.front.notLoaded;
  return (
    <Card title={words.title}>
      <p>{words.body}</p>
      <Button look="primary" autoFocus onPress={() => intents.reload()}>
        {STRINGS.stale.reload}
      </Button>
      <Button look="plain" onPress={() => intents.open({ kind: "title" })}>
        {STRINGS.front.back}
      </Button>
    </Card>
  );
}
