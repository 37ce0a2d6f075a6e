/** The screens before one is in a room. All but the title are fetched when they are first wanted. */
import { lazily } from "#client/ui/lazily.tsx";
import { Title } from "#client/ui/Title.tsx";
import type { FrontScreen } from "./model.ts";

const Host = lazily(() => import("./Host.tsx").then((part) => part.Host));
const Browse = lazily(() => import("./rooms.ts").then((part) => part.Browse));
const CodeEntry = lazily(() => import("./rooms.ts").then((part) => part.CodeEntry));
const Gate = lazily(() => import("./rooms.ts").then((part) => part.Gate));

export function Front({ now }: { now: FrontScreen }) {
  switch (now.kind) {
    case "title":
      return <Title told={now.told} />;
    case "host":
      return <Host told={now.told} />;
    case "browse":
      return <Browse />;
    case "code":
      return <CodeEntry />;
    case "gate":
      return <Gate key={now.code} code={now.code} told={now.told} />;
  }
}
